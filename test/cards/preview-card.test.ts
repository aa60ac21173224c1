import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Case } from '../../src/domain/case.ts';
import { findingCodes } from '../../src/domain/diagnosis.ts';
import { emptyForm, sharedOf } from '../../src/domain/share.ts';
import { partsOfType, pressesOf, textOf } from './card-parts.ts';
import { schemaFaults } from './card-schema.ts';
import { binding, currentCase, diagnosis, finding, longCase, richCase } from './samples.ts';

const cards = createCards(loadWording('en'));

function previewOf(current: Case, note = 'Deadline at noon'): Readonly<Record<string, unknown>> {
  const about = { article: current.article, shared: sharedOf(current, note, true), form: emptyForm };
  return cards.preview(binding, { ...about, remarks: ['It was made yesterday.'] }).content;
}

describe('the preview of what the helpdesk will see', () => {
  const text = textOf(previewOf(richCase));

  it('shows all that goes along', () => {
    for (const part of [
      'Your note: \nDeadline at noon',
      'Error code: \n0x8004de40',
      'System: \nWindows 8.1',
      'Your report shows a problem that stops the secure connection.',
      'Check the policy "SSL Cipher Suite Order". It needs an administrator account and a restart.',
      'The PC relies on cipher suites that Microsoft has retired',
      'line 12  \nTLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      '✔ Checked and fine: network and clock.',
      'Check the internet connection (still broken)',
      'Check the date and the time (could not do it)',
      'About the report: \nIt was made yesterday.',
      'user.auto-config-url = http://host-1/proxy.pac',
    ]) {
      ok(text.includes(part), `${part} in ${text}`);
    }
  });

  it('names as the next step what is still to find out, or a person', () => {
    const next = (missing: 'curves' | null) => {
      const recommendation = { ...diagnosis().recommendation, missing };
      const examined = { reportId: 'r', diagnosis: diagnosis({ recommendation }), excerpt: '' };
      return textOf(previewOf(currentCase({ examined })));
    };
    ok(next('curves').includes('find out about elliptic curves, which no report shows yet'));
    ok(next(null).includes('a person, because no step that I know fits'));
  });

  it('keeps the text of the report folded until somebody opens it', () => {
    const folded = partsOfType(previewOf(richCase), 'Container').find(({ id }) => id === 'report-text');
    equal(folded?.isVisible, false);
    const [toggle] = partsOfType(previewOf(richCase), 'Action.ToggleVisibility');
    deepEqual(toggle?.targetElements, ['report-text']);
  });

  it('lets the person share without the text of the report', () => {
    const [choice] = partsOfType(previewOf(richCase), 'Input.Toggle');
    deepEqual(
      [choice?.value, choice?.valueOn, choice?.valueOff],
      ['with-report', 'with-report', 'note-only'],
    );
    ok(String(choice?.label).includes('share the text'));
  });

  it('offers yes, no, and a change of the note', () => {
    deepEqual(pressesOf(previewOf(richCase)), ['share', 'keep-private', 'back']);
  });

  it('says plainly what there is not', () => {
    const bare = previewOf(currentCase(), '');
    const words = textOf(bare);
    for (const part of ['Your note: \nnone', 'no report from your PC', 'Tried: \nnothing yet']) {
      ok(words.includes(part), part);
    }
    deepEqual(partsOfType(bare, 'Input.Toggle'), []);
  });
});

describe('the preview of a long report', () => {
  it('stays under 25 KB, and says how many more lines would go along', () => {
    const content = previewOf(longCase);
    const bytes = Buffer.byteLength(JSON.stringify(content));
    ok(bytes > 20_000 && bytes < 25_000, String(bytes));
    const shown = textOf(content).match(/suite\.\d+ = /g)?.length ?? 0;
    ok(shown > 50);
    ok(textOf(content).includes(`${260 - shown} more lines of the report do not fit here`));
    ok(textOf(content).includes('Text of your report (260 lines)'));
  });

  it('is whole, without that sentence, where it fits', () => {
    ok(!textOf(previewOf(richCase)).includes('not fit here'));
  });

  it('stays under 25 KB with the longest note, findings and lines that people can send', () => {
    const wide = '漢'.repeat(900);
    const findings = findingCodes.map((code) => finding(code, 'fail', Array(9).fill(wide)));
    const examined = {
      reportId: 'r',
      diagnosis: diagnosis({ findings }),
      excerpt: Array(300).fill(wide).join('\n'),
    };
    const tried = Array.from({ length: 40 }, () => ({ node: 'clock', answer: 'broken' }));
    const content = previewOf(currentCase({ examined, tried }), '"漢'.repeat(1_000));
    ok(Buffer.byteLength(JSON.stringify(content)) < 25_000);
    deepEqual(schemaFaults(content), []);
    ok(textOf(content).includes('more findings are in your report'));
  });

  it('counts the quoted lines that it leaves out', () => {
    const findings = [finding('cipher-suites.dhe-only', 'fail', ['a', 'b', 'c', 'd', 'e'])];
    const examined = { reportId: 'r', diagnosis: diagnosis({ findings }), excerpt: '' };
    ok(textOf(previewOf(currentCase({ examined }))).includes('2 more lines go along'));
  });
});
