import { createPhraseBook, endsWith, listPhrases, startsWith, wordSet } from './phrases.ts';
import type { Command } from './understanding.ts';
import * as vocabulary from './vocabulary.ts';
import type { Word } from './words.ts';

const book = createPhraseBook<Command>(vocabulary.commandPhrases, wordSet(vocabulary.courtesies));
const contactVerbs = wordSet(vocabulary.contactVerbs);
const people = wordSet(vocabulary.people);
const desks = wordSet(vocabulary.desks);
const speakingVerbs = wordSet(vocabulary.speakingVerbs);
const lastVerbs = wordSet(vocabulary.lastVerbs);
const refusals = listPhrases(vocabulary.refusals);
const vetoes = listPhrases(vocabulary.vetoes);

/** A person comes before anything but the ticket itself: whoever asks for one is not sent anywhere else. */
const byWeight: readonly Command[] = [
  'withdraw',
  'person',
  'bot',
  'cancel',
  'start-over',
  'back',
  'status',
  'help',
  'check',
  'guide',
];

/** What a short message asks the bot to do, whatever the bot has just asked. */
export function readCommand(words: readonly Word[]): Command | null {
  const asked = new Set<Command>();
  for (const meaning of readWhole(words)) {
    asked.add(meaning);
  }
  for (const match of book.within(words)) {
    const vetoed = vetoes.some(
      (phrase) => endsWith(words, match.start, phrase) && sameClause(words, match.start),
    );
    const refused = ['person', 'bot'].includes(match.meaning) && isRefused(words, match.start);
    if (!vetoed && !refused) {
      asked.add(match.meaning);
    }
  }
  if (asksForPerson(words)) {
    asked.add('person');
  }
  return byWeight.find((command) => asked.has(command)) ?? null;
}

/** The message as a whole, or one of two parts of it: "still broken, human please". */
function readWhole(words: readonly Word[]): readonly Command[] {
  const clauses = [...new Set(words.map((word) => word.clause))];
  const parts = clauses.map((clause) => words.filter((word) => word.clause === clause));
  const candidates = clauses.length <= 2 ? [words, ...parts] : [words];
  return candidates.flatMap((part) => book.whole(part) ?? []);
}

/** "Can I speak to someone", "contact support": a verb and, soon after it, a person. */
function asksForPerson(words: readonly Word[]): boolean {
  return words.some((verb, at) => {
    const soon = words
      .slice(at + 1, at + 4)
      .some((word) => lastVerbs.has(word.text) && word.clause === verb.clause);
    if (people.has(verb.text) && soon && !isRefused(words, at + 1)) {
      return true;
    }
    if (!contactVerbs.has(verb.text) || isRefused(words, at + 1)) {
      return false;
    }
    if (sameClause(words, at) && vetoes.some((phrase) => phrase[0] === words[at - 1]?.text)) {
      return false;
    }
    const near = words.slice(at + 1, at + 6).filter((word) => word.clause === verb.clause);
    const speaks = speakingVerbs.has(verb.text);
    return near.some((word) => people.has(word.text) || (speaks && desks.has(word.text)));
  });
}

/** "I don't want to talk to a person": refused shortly before, in the same clause. */
function isRefused(words: readonly Word[], end: number): boolean {
  const start = Math.max(0, end - 6);
  const clause = words[end - 1]?.clause;
  return words
    .slice(start, end)
    .some(
      (word, offset) =>
        word.clause === clause && refusals.some((phrase) => startsWith(words, start + offset, phrase)),
    );
}

function sameClause(words: readonly Word[], at: number): boolean {
  return words[at]?.clause === words[at - 1]?.clause;
}
