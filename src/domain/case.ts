import type { Diagnosis } from './diagnosis.ts';
import type { Os } from './os.ts';

/** Where a case stands: what the bot has shown and is waiting for. The dialog stack is a stack of places. */
export type Place =
  | { readonly at: 'code' }
  /** A code that has no article here: its meaning, its page, and a person. */
  | { readonly at: 'other-code'; readonly code: string }
  | { readonly at: 'os' }
  | { readonly at: 'way' }
  /** A node of the article; `agreed` once a drastic step was explained and agreed to. */
  | { readonly at: 'node'; readonly node: string; readonly agreed: boolean }
  /** The script was handed out and its report is awaited. */
  | { readonly at: 'script' }
  | { readonly at: 'result' }
  /** Asks what the helpdesk should know. */
  | { readonly at: 'person' }
  /** Asks what helped. */
  | { readonly at: 'solved' }
  | { readonly at: 'closed' };

export type PlaceName = Place['at'];

export type Way = 'check' | 'guide';

/** How a step ended for this person; options of questions are kept by their id. */
export type Tried = { readonly node: string; readonly answer: string };

export type Outcome =
  | { readonly kind: 'solved'; readonly helped: string }
  | { readonly kind: 'unsolved' }
  | { readonly kind: 'cancelled' };

/** A diagnosis and the stored report that it rests on. */
export type Examined = {
  readonly reportId: string;
  readonly diagnosis: Diagnosis;
  /** The report's text as it is kept and shared: redacted, and cut where it is very long. */
  readonly excerpt: string;
};

/** One person's trouble, from the first word to the end. */
export type Case = {
  readonly id: string;
  readonly article: string;
  /** null: not asked yet; `unknown`: the person does not know. */
  readonly code: string | null;
  readonly os: Os | null;
  /** How the person wants to go on: by the script or step by step; null until they said. */
  readonly way: Way | null;
  readonly tried: readonly Tried[];
  readonly examined: Examined | null;
  /** The report before the last one, to compare with. */
  readonly earlier: Examined | null;
  /** Codes under which this case's reports may come in; the last one is the one to hand out. */
  readonly checkCodes: readonly string[];
  /** Messages in a row that the bot did not understand. */
  readonly misses: number;
  readonly ticketIds: readonly string[];
  readonly outcome: Outcome | null;
};

export function openCase(id: string, article: string): Case {
  return {
    id,
    article,
    code: null,
    os: null,
    way: null,
    tried: [],
    examined: null,
    earlier: null,
    checkCodes: [],
    misses: 0,
    ticketIds: [],
    outcome: null,
  };
}
