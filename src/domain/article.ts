import type { FindingCode, Need } from './diagnosis.ts';
import type { Os } from './os.ts';

/** `article` is the page that the step retells; `today` is a newer page that corrects or completes it. */
export type Source = { readonly url: string; readonly as: 'article' | 'today' };

/** Ordered from harmless to drastic; a drastic step asks again before it shows what to do. */
export type Impact = 'harmless' | 'settings' | 'drastic';

/** Where an answer leads: a node's id, `solved` or `person`. Without `for`, it holds for every other OS. */
export type Edge = { readonly for?: readonly Os[]; readonly to: string };

/** Something to do. "It works now" always leads to `solved`. */
export type Step = {
  readonly kind: 'step';
  readonly id: string;
  /** The section of the published article that the step retells, or `beyond` for what the article lacks. */
  readonly section: string;
  readonly sources: readonly Source[];
  readonly impact: Impact;
  readonly needs: readonly Need[];
  /** Exact commands, in the order in which the wording speaks of them. */
  readonly commands: readonly string[];
  /** The findings that this step can mend. */
  readonly addresses: readonly FindingCode[];
  readonly broken: readonly Edge[];
  readonly cannot: readonly Edge[];
};

/** Something to find out. A fact of the report answers it without asking, where `fact` names one. */
export type Question = {
  readonly kind: 'question';
  readonly id: string;
  readonly section: string;
  readonly sources: readonly Source[];
  readonly commands: readonly string[];
  readonly fact: string | null;
  readonly options: readonly {
    readonly id: string;
    /** Values of the fact that choose this option. */
    readonly when: readonly string[];
    readonly to: readonly Edge[];
  }[];
};

/** Everything was tried: the way to work meanwhile, further reading, and a person. */
export type End = {
  readonly kind: 'end';
  readonly id: string;
  readonly section: string;
  readonly sources: readonly Source[];
};

export type Node = Step | Question | End;

export type Article = {
  readonly id: string;
  readonly url: string;
  readonly codes: readonly string[];
  /** Sections of the published article that must all be retold by some node. */
  readonly sections: readonly string[];
  readonly start: readonly Edge[];
  readonly nodes: ReadonlyMap<string, Node>;
};
