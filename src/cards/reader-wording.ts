import { listLanguages, loadWording, type Wording } from './wording.ts';

/** The words of notices in every language that readers are written to in, English first. */
export type ReaderWordings = readonly [Wording, ...Wording[]];

/** English has all words; another language needs no more than `notices.yaml`, with what readers see. */
export function loadReaderWordings(english: Wording): ReaderWordings {
  const others = listLanguages('notices').filter((language) => language !== english.language);
  return [english, ...others.map(loadWording)];
}

/** The words for a text in this language, such as `de` or `de-ch`; English where there are none. */
export function wordingFor(wordings: ReaderWordings, language: string | null): Wording {
  const [base] = (language ?? '').toLowerCase().split('-');
  return wordings.find((wording) => wording.language === base) ?? wordings[0];
}
