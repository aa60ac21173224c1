import type { Place } from './case.ts';
import type { Press } from './press.ts';
import type { Command, Understanding } from './understanding.ts';

/** What a person wants, whether they pressed a button or said it in words. */
export type Intent =
  | { readonly want: Command }
  | { readonly want: 'code'; readonly code: string }
  | { readonly want: 'os'; readonly os: string }
  | { readonly want: 'answer'; readonly answer: 'works' | 'broken' | 'cannot' }
  | { readonly want: 'option'; readonly option: string }
  | { readonly want: 'agree' }
  | { readonly want: 'follow' }
  | { readonly want: 'file' }
  | { readonly want: 'ticket'; readonly note: string }
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
    case 'send-file':
      return { want: 'file' };
    case 'send-ticket':
      return { want: 'ticket', note: press.value ?? '' };
    case 'helped':
      return { want: 'tell-what-helped', helped: press.value ?? 'unknown' };
    case 'pasted-all':
      return { want: 'continue' };
    case 'agree':
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
      return said.answer === 'yes' ? { want: 'follow' } : outcomeInWords(said);
    case 'person':
      return { want: 'ticket', note: said.answer === 'no' || said.answer === 'done' ? '' : text };
    case 'solved':
      return { want: 'tell-what-helped', helped: 'other' };
    case 'closed':
      return said.answer === 'broken' ? { want: 'reopen' } : null;
    case 'script':
    case undefined:
      return outcomeInWords(said);
  }
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
