import type { Fact } from '../domain/diagnosis.ts';
import type { OsFamily } from '../domain/os.ts';
import { fact, numberOf, textOf } from './facts.ts';

/** The Windows that a report came from, as far as its defaults depend on it. */
export type System = {
  readonly nt: '6.1' | '6.2' | '6.3' | '10.0';
  readonly family: OsFamily | null;
  /** Schannel offers TLS 1.3 when nothing is set. */
  readonly tls13: boolean;
};

const families: Readonly<Record<OsFamily, { readonly nt: System['nt']; readonly tls13: boolean }>> = {
  'windows-11': { nt: '10.0', tls13: true },
  'windows-10': { nt: '10.0', tls13: false },
  'windows-8.1': { nt: '6.3', tls13: false },
  'windows-8': { nt: '6.2', tls13: false },
  'windows-7': { nt: '6.1', tls13: false },
  'server-2025': { nt: '10.0', tls13: true },
  'server-2022': { nt: '10.0', tls13: true },
  'server-2019': { nt: '10.0', tls13: false },
  'server-2016': { nt: '10.0', tls13: false },
  'server-2012-r2': { nt: '6.3', tls13: false },
  'server-2012': { nt: '6.2', tls13: false },
  'server-2008-r2': { nt: '6.1', tls13: false },
};

/** What the report names wins over what the person said; null when neither says anything. */
export function systemOf(facts: readonly Fact[], stated: OsFamily | null): System | null {
  const named = textOf(fact(facts, 'os.family'));
  const family = isFamily(named) ? named : stated;
  return family === null ? null : { ...families[family], family };
}

function isFamily(name: string | null): name is OsFamily {
  return name !== null && Object.hasOwn(families, name);
}

/**
 * The family behind a build. Clients and servers share builds (6.1.7601, 17763, 26100); where no product
 * name tells, it is the client, because OneDrive's sync app is a desktop program.
 */
export function familyOf(facts: readonly Fact[], text: string): OsFamily | null {
  const build = numberOf(fact(facts, 'os.build'));
  const nt = textOf(fact(facts, 'os.nt'));
  const named = textOf(fact(facts, 'os.product')) ?? '';
  const isServer =
    textOf(fact(facts, 'os.type')) === 'server' || /windows server/i.test(named) || saysServer(text, build);
  if (build !== null && build >= 10_000) return modernFamily(build, isServer);
  if (nt === null && build === null) return namedFamily(named);
  const generation = nt ?? legacyNt(build ?? 0);
  if (generation === '6.3') return isServer ? 'server-2012-r2' : 'windows-8.1';
  if (generation === '6.2') return isServer ? 'server-2012' : 'windows-8';
  if (generation === '6.1') return isServer ? 'server-2008-r2' : 'windows-7';
  return namedFamily(named);
}

function modernFamily(build: number, isServer: boolean): OsFamily {
  if (build === 20_348) return 'server-2022';
  if (!isServer) return build >= 22_000 ? 'windows-11' : 'windows-10';
  if (build >= 25_000) return 'server-2025';
  if (build >= 20_000) return 'server-2022';
  return build >= 17_763 ? 'server-2019' : 'server-2016';
}

function legacyNt(build: number): string {
  if (build >= 9600) return '6.3';
  return build >= 9200 ? '6.2' : '6.1';
}

/** A build that a client and a server share: the year of the server, where the text speaks of it. */
const shared: ReadonlyMap<number, RegExp> = new Map([
  [7600, /Server 2008 R2/i],
  [7601, /Server 2008 R2/i],
  [9200, /Server 2012(?! ?R2)/i],
  [9600, /Server 2012 ?R2/i],
  [14_393, /Server 2016/i],
  [17_763, /Server 2019/i],
  [26_100, /Server 2025/i],
]);

function saysServer(text: string, build: number | null): boolean {
  return shared.get(build ?? 0)?.test(text) ?? false;
}

function namedFamily(product: string): OsFamily | null {
  const server = /Windows Server (20\d\d)( R2)?/i.exec(product);
  const name = server
    ? `server-${server[1]}${server[2] ? '-r2' : ''}`
    : `windows-${/Windows (11|10|8\.1|8|7)\b/i.exec(product)?.[1]}`;
  return isFamily(name) ? name : null;
}
