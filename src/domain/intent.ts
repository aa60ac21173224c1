import type { Place } from './case.ts';
import { wordSet } from './phrases.ts';
import type { Press } from './press.ts';
import { emptyForm, type Form, isUrgency } from './share.ts';
import type { Command, Understanding } from './understanding.ts';
import * as vocabulary from './vocabulary.ts';
import { fold, splitWords } from './words.ts';

/** What a person wants, whether they pressed a button or said it in words. */
export type Intent =
  | { readonly want: Command }
  | { readonly want: 'code'; readonly code: string }
  | { readonly want: 'os'; readonly os: string }
  | { readonly want: 'answer'; readonly answer: 'works' | 'broken' | 'cannot' }
  | { readonly want: 'option'; readonly option: string }
  | { readonly want: 'agree' }
  | { readonly want: 'follow' }
  | { readonly want: 'check-again' }
  | { readonly want: 'claim' }
  | { readonly want: 'disown' }
  | { readonly want: 'file' }
  | { readonly want: 'by-hand' }
  /** What an administrator can do about what fails. */
  | { readonly want: 'remedies' }
  /** On without a step that cannot be done. */
  | { readonly want: 'go-on' }
  | { readonly want: 'preview'; readonly form: Partial<Form> }
  | { readonly want: 'share'; readonly withReport: boolean }
  | { readonly want: 'keep-private' }
  /** The yes to the question that `withdraw` asks. */
  | { readonly want: 'withdraw-now' }
  | { readonly want: 'keep-ticket' }
  | { readonly want: 'tell-what-helped'; readonly helped: string }
  | { readonly want: 'reopen' }
  | { readonly want: 'continue' };

/** The intent behind a button; null for a press that lacks its value. */
export function intentOfPress(press: Press): Intent | null {
  switch (press.name) {
    case 'choose-code':
      return press.value === null ? null : { want: 'code', code: press.value };
    case 'choose-os':
      return press.value === null ? null : { want: 'os', os: press.value };
    case 'option':
      return press.value === null ? null : { want: 'option', option: press.value };
    case 'choose-check':
      return { want: 'check' };
    case 'choose-guide':
      return { want: 'guide' };
    case 'works':
    case 'broken':
    case 'cannot':
      return { want: 'answer', answer: press.name };
    case 'claim-report':
      return { want: 'claim' };
    case 'disown-report':
      return { want: 'disown' };
    case 'send-file':
      return { want: 'file' };
    case 'send-ticket':
      return { want: 'preview', form: readForm(press) };
    case 'share':
      return { want: 'share', withReport: press.value === 'with-report' };
    case 'helped':
      return { want: 'tell-what-helped', helped: press.value ?? 'unknown' };
    case 'pasted-all':
      return { want: 'continue' };
    case 'withdraw':
      return { want: 'withdraw-now' };
    case 'agree':
    case 'check-again':
    case 'by-hand':
    case 'remedies':
    case 'go-on':
    case 'keep-private':
    case 'keep-ticket':
    case 'follow':
    case 'reopen':
    case 'continue':
    case 'help':
    case 'back':
    case 'start-over':
    case 'status':
    case 'cancel':
    case 'person':
      return { want: press.name };
  }
}

/** The intent behind words at a place; null when the words are no answer to what the place asks. */
export function intentOfWords(place: Place | null, said: Understanding, text: string): Intent | null {
  if (said.command !== null) return { want: said.command };
  switch (place?.at) {
    case 'code':
      return said.answer === 'unknown' ? { want: 'code', code: 'unknown' } : null;
    case 'os':
      return said.answer === 'unknown' ? { want: 'os', os: 'unknown' } : null;
    case 'way':
      return said.answer === 'yes' ? { want: 'check' } : outcomeInWords(said);
    case 'other-code':
      return said.answer === 'yes' ? { want: 'person' } : outcomeInWords(said);
    case 'node':
      return answerInWords(place.agreed, said) ?? outcomeInWords(said);
    case 'result':
      return resultInWords(said);
    case 'person':
      return { want: 'preview', form: { note: said.answer === 'no' || said.answer === 'done' ? '' : text } };
    case 'preview':
      return sharingInWords(said, text);
    case 'withdraw':
      return withdrawalInWords(said);
    case 'cannot':
      return personOrOn(said) ?? outcomeInWords(said);
    case 'solved':
      return { want: 'tell-what-helped', helped: 'other' };
    case 'closed':
      return said.answer === 'broken' ? { want: 'reopen' } : null;
    case 'script':
      return said.answer === 'cannot' ? { want: 'by-hand' } : outcomeInWords(said);
    case 'by-hand':
    case undefined:
      return outcomeInWords(said);
  }
}

const limits = wordSet(vocabulary.limits);

/**
 * A yes confirms what was shown. Words that bring a new code or system would change it, and a yes that is limited
 * in any way leaves out the most: the report's text.
 */
function sharingInWords(said: Understanding, text: string): Intent | null {
  if (said.answer === 'no') return { want: 'keep-private' };
  const changes = said.codes.length > 0 || said.os !== null;
  if (said.answer !== 'yes' || changes) return outcomeInWords(said);
  const isLimited = splitWords(fold(text)).words.some((word) => limits.has(word.text));
  return { want: 'share', withReport: !isLimited };
}

function readForm({ value, form = {} }: Press): Form {
  const { urgency, contact = '', time = '' } = form;
  const known = isUrgency(urgency) ? urgency : emptyForm.urgency;
  return { note: value ?? '', urgency: known, contact, bestTime: time };
}

function withdrawalInWords(said: Understanding): Intent | null {
  if (said.answer === 'yes') return { want: 'withdraw-now' };
  return said.answer === 'no' ? { want: 'keep-ticket' } : outcomeInWords(said);
}

function personOrOn(said: Understanding): Intent | null {
  if (said.answer === 'yes') return { want: 'person' };
  return said.answer === 'no' ? { want: 'go-on' } : null;
}

/** "No" is an answer only where a report of another case asks whose it is. */
function resultInWords(said: Understanding): Intent | null {
  if (said.answer === 'yes') return { want: 'follow' };
  return said.answer === 'no' ? { want: 'disown' } : outcomeInWords(said);
}

function outcomeInWords(said: Understanding): Intent | null {
  return said.answer === 'works' ? { want: 'answer', answer: 'works' } : null;
}

function answerInWords(agreed: boolean, said: Understanding): Intent | null {
  switch (said.answer) {
    case 'broken':
    case 'cannot':
      return { want: 'answer', answer: said.answer };
    case 'yes':
      return agreed ? { want: 'option', option: 'yes' } : { want: 'agree' };
    case 'no':
    case 'unknown':
      return { want: 'option', option: said.answer };
    default:
      return null;
  }
}
