import type { Attachment } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { Cards } from '../../cards/cards.ts';
import type { ScriptOffer, ShownWebLink } from '../../cards/report-cards.ts';
import type { Wording } from '../../cards/wording.ts';
import type { Place } from '../../domain/case.ts';
import type { Decision, Knowledge, Note } from '../../domain/decision.ts';
import type { Os } from '../../domain/os.ts';
import { caseOf, checkCodeFor, type Draft } from '../draft.ts';
import { createAnsweredCard } from './answered-card.ts';
import { createPlaceCard } from './place-card.ts';
import { createSayNote } from './say-note.ts';

/** How what the dialogs decide is shown. */
export type Presentation = {
  /** Shows the card of a place; it waits for an answer from then on. */
  showPlace(draft: Draft, place: Place): void;
  sayNote(draft: Draft, note: Note, place: Place | null): void;
  /** The form that the card on show takes when it was answered or the conversation went on. */
  answeredCard(title: string, decision: Decision): Card;
  fileAnswer(draft: Draft, kind: 'saved' | 'declined' | 'failed'): string;
};

/** The ways in which the script reaches a person and its report comes back. */
export type ScriptLanes = {
  offersFor(os: Os | null, code: string): readonly ScriptOffer[];
  /** A line to paste that fetches and runs the script; null where there is none. */
  commandFor(os: Os | null, code: string): string | null;
  webLinkFor(code: string): ShownWebLink;
  scriptFor(os: Os | null, code: string): { readonly fileName: string };
  /** Commands that only read, to be pasted one by one where no script can be had. */
  commandsByHand(os: Os | null): readonly string[];
};

export type PresentationParts = {
  readonly cards: Cards;
  readonly wording: Wording;
  readonly knowledge: Knowledge;
  readonly lanes: ScriptLanes;
  /** A question to the person whether the script for their system may be saved to their OneDrive. */
  readonly consentCard: (os: Os | null, code: string) => Attachment;
  /** Where the remedies for a stored report are to be had as files. */
  readonly remediationUrl: (reportId: string) => string;
  /** How to reach the helpdesk without the bot, in the words of the organisation. */
  readonly contact: string | null;
};

export function createPresentation(parts: PresentationParts): Presentation {
  const showPlace = createPlaceCard(parts);
  const { texts } = parts.cards;
  return {
    showPlace,
    sayNote: createSayNote(parts),
    answeredCard: createAnsweredCard(parts),
    fileAnswer(draft, kind) {
      switch (kind) {
        case 'saved':
          return texts.fileSent(parts.lanes.scriptFor(caseOf(draft).os, checkCodeFor(draft)).fileName);
        case 'declined':
          return texts.say('file-declined');
        case 'failed':
          return texts.say('file-failed');
      }
    },
  };
}
