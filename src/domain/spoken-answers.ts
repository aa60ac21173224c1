import { createPhraseBook, listPhrases, type Match, startsWith, wordSet } from './phrases.ts';
import type { SpokenAnswer } from './understanding.ts';
import * as vocabulary from './vocabulary.ts';
import type { Sentence, Word } from './words.ts';

const courtesies = wordSet(vocabulary.courtesies);
const book = createPhraseBook<SpokenAnswer>(vocabulary.answerPhrases, courtesies);
const negators = wordSet(vocabulary.negators);
const lateNegators = wordSet(vocabulary.lateNegators);
const conditionals = wordSet(vocabulary.conditionals);
const pastTimes = wordSet(vocabulary.pastTimes);
const exceptions = wordSet(vocabulary.exceptions);
const questionWords = wordSet(vocabulary.questionWords);
const afterNo = wordSet(vocabulary.afterNo);
const opensWith = {
  yes: listPhrases(vocabulary.openings.yes),
  no: listPhrases(vocabulary.openings.no),
  thanks: listPhrases(vocabulary.openings.thanks),
  greeting: listPhrases(vocabulary.openings.greeting),
};

/** What a short message answers. Where it says several things, what the bot must act on comes first. */
export function readAnswer(sentence: Sentence): SpokenAnswer | null {
  const { words } = sentence;
  const said = [...readClauses(sentence), ...readInside(sentence)];
  const has = (meaning: SpokenAnswer) => said.some((match) => match.meaning === meaning);
  if (has('cannot')) {
    return 'cannot';
  }
  const outcome = said
    .filter((match) => match.meaning === 'works' || match.meaning === 'broken')
    .toSorted((a, b) => a.start - b.start)
    .at(-1);
  if (outcome !== undefined) {
    return outcome.meaning;
  }
  const rest = (['unknown', 'done', 'no', 'yes', 'thanks', 'greeting'] as const).find(has);
  return rest ?? readOpening(words);
}

/** Clauses that are an answer by themselves: "done, thanks". */
function readClauses(sentence: Sentence): readonly Match<SpokenAnswer>[] {
  const { words } = sentence;
  const whole = book.whole(words);
  if (whole !== null && !isQuestion(sentence, 0)) {
    return [{ meaning: whole, start: 0, end: words.length }];
  }
  const clauses = [...new Set(words.map((word) => word.clause))];
  if (clauses.length > 4) {
    return [];
  }
  return clauses.flatMap((clause) => {
    const start = words.findIndex((word) => word.clause === clause);
    const part = words.filter((word) => word.clause === clause);
    const meaning = isQuestion(sentence, start) ? null : book.whole(part);
    return meaning === null ? [] : hold(words, { meaning, start, end: start + part.length });
  });
}

function readInside(sentence: Sentence): readonly Match<SpokenAnswer>[] {
  return book
    .within(sentence.words)
    .filter((match) => match.meaning === 'broken' || !isQuestion(sentence, match.start))
    .flatMap((match) => hold(sentence.words, match));
}

/** A match after the words around it had their say: denied, conditional, past, or taken back. */
function hold(words: readonly Word[], match: Match<SpokenAnswer>): readonly Match<SpokenAnswer>[] {
  if (match.meaning !== 'works' && match.meaning !== 'broken') {
    return [match];
  }
  const clause = words[match.start]?.clause;
  const before = words
    .slice(Math.max(0, match.start - 3), match.start)
    .filter((word) => word.clause === clause);
  if (before.some((word) => conditionals.has(word.text))) {
    return [];
  }
  if (match.meaning === 'broken') {
    return [match];
  }
  const after = words.slice(match.end);
  const rest = after.filter((word) => word.clause === clause);
  const denied = before.some((word) => negators.has(word.text));
  if (denied || rest.slice(0, 4).some((word) => lateNegators.has(word.text))) {
    return [{ ...match, meaning: 'broken' }];
  }
  const past = rest.some((word) => pastTimes.has(word.text));
  return past || after.some((word) => exceptions.has(word.text)) ? [] : [match];
}

function isQuestion(sentence: Sentence, start: number): boolean {
  const first = sentence.words[start];
  if (first === undefined) {
    return false;
  }
  const opening = sentence.words.find((word) => word.clause === first.clause)?.text ?? '';
  return sentence.asked.has(first.clause) || questionWords.has(opening);
}

function readOpening(words: readonly Word[]): SpokenAnswer | null {
  if (opens(words, 0, opensWith.yes)) {
    return 'yes';
  }
  const next = words[1];
  if (opens(words, 0, opensWith.no) && (next?.clause !== words[0]?.clause || afterNo.has(next?.text ?? ''))) {
    return 'no';
  }
  const starts = words.flatMap((word, at) => (word.clause === words[at - 1]?.clause ? [] : [at]));
  if (
    starts.some((at) => opens(words, at, opensWith.thanks)) &&
    !words.some(({ text }) => text === 'advance')
  ) {
    return 'thanks';
  }
  return opens(words, 0, opensWith.greeting) ? 'greeting' : null;
}

function opens(words: readonly Word[], at: number, phrases: readonly (readonly string[])[]): boolean {
  return phrases.some((phrase) => startsWith(words, at, phrase));
}
