import { hostTexts } from '../cards/notice-templates.ts';
import { loadReaderWordings } from '../cards/reader-wording.ts';
import type { Wording } from '../cards/wording.ts';
import type { WatchWords } from './watch-job.ts';

export function watchWords(wording: Wording): WatchWords {
  const readers = loadReaderWordings(wording);
  const say = (key: string, values: Readonly<Record<string, string>> = {}) =>
    wording.text(`policy.watch.${key}`, values);
  return {
    heading: (host) => say('heading', { host }),
    since: ({ change, name }) => say(`since-${change}`, { name }),
    policy: ({ change, name }) => say(`policy-${change}`, { name }),
    limits: say('limits'),
    draft: (host, lost) => {
      const names = lost.map(({ name }) => name).join(', ');
      return {
        name: say('draft-name', { host }),
        texts: hostTexts(readers, { host, names }),
      };
    },
  };
}
