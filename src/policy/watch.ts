import type { PolicyKind } from '../domain/policy.ts';
import { type Handshake, shakeHands, type Target } from './handshake.ts';
import { type Probe, probes } from './probes.ts';

/** What a host said to one question; `unknown` is neither yes nor no. */
export type Reply = 'accepted' | 'refused' | 'unknown' | 'cannot-ask';

export type Seen = {
  /** `name` or `name:port`. */
  readonly host: string;
  /** ISO, UTC. */
  readonly at: string;
  readonly replies: readonly { readonly kind: PolicyKind; readonly name: string; readonly reply: Reply }[];
};

export type Look =
  | { readonly kind: 'seen'; readonly seen: Seen }
  /** Not even an ordinary handshake worked, so the rest would say nothing. */
  | { readonly kind: 'failed'; readonly host: string; readonly code: string };

export type LookOptions = {
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** For one handshake. */
  readonly deadlineMs?: number;
  readonly shake?: typeof shakeHands;
};

const usualDeadlineMs = 10_000;
/** Gentle: a watcher must not look like an attack. */
const pauseMs = 500;

/** Looks at what a host accepts: real handshakes, one after the other, each offering one thing alone. */
export async function lookAt(host: string, options: LookOptions): Promise<Look> {
  const { now, pause, deadlineMs = usualDeadlineMs, shake = shakeHands } = options;
  const target = targetOf(host);
  const ask = async (probe: Probe | null) => {
    await pause(pauseMs);
    return shake(target, probe, deadlineMs);
  };
  const first = await ask(null);
  if (first.kind !== 'accepted') return { kind: 'failed', host, code: codeOf(first) };
  const replies: Seen['replies'][number][] = [];
  for (const probe of probes) {
    replies.push({ kind: probe.kind, name: probe.name, reply: await replyTo(probe, ask) });
  }
  const last = await ask(null);
  // A host that broke down meanwhile refused everything, and meant nothing by it.
  if (last.kind !== 'accepted') return { kind: 'failed', host, code: codeOf(last) };
  const root =
    first.root === null ? [] : [{ kind: 'root' as const, name: first.root, reply: 'accepted' as const }];
  return { kind: 'seen', seen: { host, at: now().toISOString(), replies: [...replies, ...root] } };
}

export function targetOf(host: string): Target {
  const [name = '', port = '443'] = host.split(':');
  return { host: name, port: Number(port) };
}

async function replyTo(probe: Probe, ask: (probe: Probe) => Promise<Handshake>): Promise<Reply> {
  const outcome = await ask(probe);
  // Hanging up can be an accident of the network; twice in a row, beside handshakes that work, it is an answer.
  return toReply(outcome.kind === 'reset' ? await ask(probe) : outcome);
}

function toReply({ kind }: Handshake): Reply {
  switch (kind) {
    case 'accepted':
    case 'cannot-ask':
      return kind;
    case 'refused':
    case 'reset':
      return 'refused';
    case 'silent':
      return 'unknown';
  }
}

function codeOf(outcome: Handshake): string {
  return outcome.kind === 'silent' ? outcome.code : outcome.kind;
}
