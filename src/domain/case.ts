import type { Diagnosis, FindingCode } from './diagnosis.ts';
import type { Os } from './os.ts';
import type { Form } from './share.ts';

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
  /** How to look at the PC where nothing can be downloaded or run. */
  | { readonly at: 'by-hand' }
  | { readonly at: 'result' }
  /** The person cannot do a step that the report calls for: a person is offered before the way on without it. */
  | { readonly at: 'cannot'; readonly node: string }
  /** Asks what the helpdesk should know. */
  | { readonly at: 'person' }
  /** Shows what the helpdesk will see, and waits for a yes before anything is shared. */
  | { readonly at: 'preview' }
  /** Asks once before a ticket is withdrawn. */
  | { readonly at: 'withdraw'; readonly ticketId: string }
  /** Asks what helped. */
  | { readonly at: 'solved' }
  | { readonly at: 'closed' };

export type PlaceName = Place['at'];

export type Way = 'check' | 'guide';

/** How a step ended for this person; options of questions are kept by their id. */
export type Tried = { readonly node: string; readonly answer: string };

export type Outcome =
  | { readonly kind: 'solved'; readonly helped: string; readonly proof: Proof }
  | { readonly kind: 'unsolved' }
  | { readonly kind: 'cancelled' };

/** `evidence`: a report shows as fine what one before it showed as wrong. `word`: the person says that it works. */
export type Proof = 'evidence' | 'word';

/** What can speak against a report; src/domain/doubts.ts says when, and what follows from it. */
export type Doubt =
  | 'repeated'
  | 'other-case'
  | 'other-device'
  | 'old'
  | 'ahead'
  | 'cut'
  | 'changed'
  | 'unknown-script'
  | 'other-account'
  | 'narrow-shell';

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
  /** What speaks against `examined`. */
  readonly doubts: readonly Doubt[];
  /** The report before the last one, to compare with. */
  readonly earlier: Examined | null;
  /** A report of another case, until the person says whether it is theirs. */
  readonly unclaimed: { readonly examined: Examined; readonly doubts: readonly Doubt[] } | null;
  /** Pseudonym of the PC that the reports come from; null until one names it. */
  readonly device: string | null;
  /** What the reports from that PC showed as wrong, mended since or not. */
  readonly seenFailing: readonly FindingCode[];
  /** How many of `tried` were there when the last report came in. */
  readonly triedBefore: number;
  /** Steps that were done, and left on the PC what they should mend as it was. */
  readonly inVain: readonly string[];
  /** Codes under which this case's reports may come in; the last one is the one to hand out. */
  readonly checkCodes: readonly string[];
  /** Until when the last of them takes a report (ISO, UTC); null when the next hand-out needs a new one. */
  readonly checkCodeUntil: string | null;
  /** Messages in a row that the bot did not understand. */
  readonly misses: number;
  readonly ticketIds: readonly string[];
  /** What was written for the helpdesk and is not sent yet; the preview shows it. */
  readonly form: Form | null;
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
    doubts: [],
    earlier: null,
    unclaimed: null,
    device: null,
    seenFailing: [],
    triedBefore: 0,
    inVain: [],
    checkCodes: [],
    checkCodeUntil: null,
    misses: 0,
    ticketIds: [],
    form: null,
    outcome: null,
  };
}
