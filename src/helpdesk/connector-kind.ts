import type { z } from 'zod';
import type { HelpdeskConnector } from './connector.ts';

/** What every connector gets from the program. */
export type ConnectorTools = {
  /** Local mode and tests: plain http to this machine is fine. Anywhere else it has to be https. */
  readonly allowLoopback: boolean;
  /** The installation's own, for proofs that must hold for years; keys are derived from it, never shown. */
  readonly secret: string;
  /** The sentence at the key of the catalogue of words. */
  readonly text: (key: string, values?: Readonly<Record<string, string>>) => string;
};

/** A setting that is missing or wrong; the words quote no value. */
export type SettingProblem = { readonly setting: string; readonly problem: string };

export type Made =
  | { readonly kind: 'off' }
  | { readonly kind: 'made'; readonly connector: HelpdeskConnector }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] };

/** One connector as the registry knows it: from the environment to a connector. */
export type ConnectorKind = {
  readonly name: string;
  /** All its settings begin with it, such as `HELPDESK_WEBHOOK_`; with none of them it is switched off. */
  readonly prefix: string;
  /** The names of its settings, in full. */
  readonly settings: readonly string[];
  make(given: Readonly<Record<string, string>>, tools: ConnectorTools): Made;
};

type Definition<S> = {
  readonly name: string;
  readonly prefix: string;
  /** Of an object whose keys are the names of the settings without the prefix; values come as strings. */
  readonly settings: z.ZodType<S>;
  /** By the same keys: what is expected, in words that complete "expected …". */
  readonly expectations: Readonly<Record<keyof S & string, string>>;
  readonly create: (settings: S, tools: ConnectorTools) => HelpdeskConnector;
};

/** Makes a kind of connector out of its settings' schema; empty values count as missing. */
export function defineConnector<S>(definition: Definition<S>): ConnectorKind {
  const { name, prefix, expectations } = definition;
  return {
    name,
    prefix,
    settings: Object.keys(expectations).map((key) => prefix + key),
    make: (given, tools) => make(definition, ownSettings(given, prefix), tools),
  };
}

function ownSettings(given: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  const own = Object.entries(given).filter(([name, value]) => name.startsWith(prefix) && value.trim() !== '');
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value.trim()]));
}

function make<S>(definition: Definition<S>, own: Record<string, string>, tools: ConnectorTools): Made {
  if (Object.keys(own).length === 0) return { kind: 'off' };
  const { prefix, expectations, settings, create } = definition;
  const misspelt = Object.keys(own).filter((key) => !Object.hasOwn(expectations, key));
  const parsed = settings.safeParse(own);
  const malformed = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]));
  const wrong = new Set([...malformed, ...(tools.allowLoopback ? [] : listOpen(own))]);
  if (parsed.success && wrong.size + misspelt.length === 0) {
    return { kind: 'made', connector: create(parsed.data, tools) };
  }
  const problems = [
    ...[...wrong].map((key) => ({ key, problem: faultOf(expectations, key, own) })),
    ...misspelt.map((key) => ({ key, problem: 'no setting has this name; look for a misspelling.' })),
  ];
  return {
    kind: 'wrong',
    problems: problems.map(({ key, problem }) => ({ setting: prefix + key, problem })),
  };
}

/** Tickets and credentials do not travel in the open. */
function listOpen(own: Record<string, string>): readonly string[] {
  return Object.keys(own).filter((key) => own[key]?.toLowerCase().startsWith('http:'));
}

/** Values are never quoted: any of them could be, or hold, a secret. */
function faultOf(expectations: Readonly<Record<string, string>>, key: string, own: Record<string, string>) {
  const missing = own[key] === undefined ? 'missing; ' : '';
  return `${missing}expected ${expectations[key] ?? 'another value'}.`;
}
