import { deepEqual, equal, ok } from 'node:assert/strict';
import { createCards } from '../../src/cards/cards.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Question, Source, Step } from '../../src/domain/article.ts';
import { partsOf, partsOfType, pressesOf, textOf } from './card-parts.ts';
import { account, binding } from './samples.ts';

const cards = createCards(loadWording('en'));
const article = 'onedrive-sign-in';

const step: Step = {
  kind: 'step',
  id: 'cipher-enable',
  section: 'W1',
  sources: [{ url: 'https://learn.microsoft.com/unnamed', as: 'today' }],
  impact: 'settings',
  needs: ['administrator', 'restart'],
  commands: ['Enable-TlsCipherSuite -Name "A*_B_C"', 'Get-TlsCipherSuite'],
  addresses: [],
  broken: [{ to: 'person' }],
  cannot: [{ to: 'person' }],
};

function stepCard(changes: Partial<Step> = {}) {
  return cards.step(binding, {
    article,
    step: { ...step, ...changes },
    os: 'windows-10',
    checked: false,
    position: 2,
    total: 9,
  });
}

describe('a step of the article', () => {
  it('says how far along it is, and for which system', () => {
    ok(textOf(stepCard().content).includes('Step 2 of 9 · Windows 10'));
  });

  it('counts what to do', () => {
    const numbers = partsOfType(stepCard().content, 'TextRun').filter(({ text }) =>
      /^\d\.$/.test(String(text)),
    );
    deepEqual(
      numbers.map(({ text }) => text),
      ['1.', '2.', '3.', '4.', '5.'],
    );
  });

  it('shows commands unchanged, each in a run of its own that can be copied', () => {
    const copyable = partsOfType(stepCard().content, 'TextRun').filter(
      ({ fontType }) => fontType === 'Monospace',
    );
    deepEqual(
      copyable.map(({ text }) => text),
      step.commands,
    );
  });

  it('numbers several commands, because the text speaks of "the second command"', () => {
    ok(textOf(stepCard().content).includes('Command 2'));
    ok(!textOf(stepCard({ commands: ['Get-TlsCipherSuite'] }).content).includes('Command 1'));
  });

  it('names in words what it needs and what it does to the PC', () => {
    const text = textOf(stepCard().content);
    ok(text.includes('an administrator account and a restart'));
    ok(text.includes('Changes a setting'));
    ok(!textOf(stepCard({ needs: [] }).content).includes('You need'));
  });

  it('keeps what the article says beside what holds today', () => {
    const text = textOf(stepCard().content);
    ok(text.indexOf('What the article says') < text.indexOf('What holds today'));
    ok(text.includes('What the article says'));
  });

  it('names a source by its host when it has no name', () => {
    ok(
      textOf(stepCard().content).includes(
        '[Newer page (learn.microsoft.com)](https://learn.microsoft.com/unnamed)',
      ),
    );
  });

  it('names sources as the article does', () => {
    const sources: readonly Source[] = [
      { url: 'https://learn.microsoft.com/azure/frontdoor/tls-policy', as: 'today' },
    ];
    ok(textOf(stepCard({ sources }).content).includes('[Azure Front Door: what it accepts today]('));
  });

  it('can be answered, left for the check, gone back from, and handed over', () => {
    deepEqual(pressesOf(stepCard().content), ['works', 'broken', 'cannot', 'choose-check', 'back', 'person']);
  });
});

describe('a drastic step before it was agreed to', () => {
  const about = {
    article,
    step: { ...step, id: 'rejoin', impact: 'drastic' },
    os: null,
    checked: false,
    position: 8,
    total: 9,
  } as const;
  const content = cards.confirm(binding, about).content;

  it('tells the risk and asks again', () => {
    const text = textOf(content);
    ok(text.includes('The device leaves Microsoft Entra ID'));
    ok(text.includes('Are you on your organisation'));
  });

  it('shows no command yet', () => {
    ok(!JSON.stringify(content).includes('Enable-TlsCipherSuite'));
  });

  it('can be agreed to or skipped', () => {
    deepEqual(pressesOf(content), ['agree', 'cannot', 'back', 'person']);
  });
});

describe('a question of the article', () => {
  it('has a button for each answer while they are few', () => {
    const content = questionCard(['present', 'missing', 'unknown']);
    const answers = partsOfType(content, 'Action.Submit').map(({ data }) => Object(data).value);
    deepEqual(answers, ['present', 'missing', 'unknown', undefined, undefined]);
    equal(inputOf(content), undefined);
  });

  it('has a list when they are many, so that "back" and the person keep their places', () => {
    const content = questionCard(['a', 'b', 'c', 'd', 'e']);
    deepEqual(pressesOf(content), ['option', 'back', 'person']);
    equal(Object(inputOf(content)?.choices).length, 5);
  });

  function questionCard(options: readonly string[]) {
    const question: Question = {
      kind: 'question',
      id: 'cipher-check',
      section: 'W1',
      sources: [],
      commands: [],
      fact: null,
      options: options.map((id) => ({ id, when: [], to: [{ to: 'person' }] })),
    };
    return cards.question(binding, { article, question }).content;
  }

  function inputOf(content: unknown) {
    return partsOf(content).find(({ type }) => type === 'Input.ChoiceSet');
  }
});

describe('the end of the guide', () => {
  const end = { kind: 'end', id: 'end', section: 'R', sources: step.sources } as const;

  it('offers the person first, and the browser to work meanwhile', () => {
    const { content } = cards.end(binding, { article, end, ticket: false, account });
    deepEqual(pressesOf(content), ['person', 'choose-guide', 'choose-check', 'works', 'back', 'start-over']);
    ok(textOf(content).includes('[Open OneDrive in the browser](https://'));
  });

  it('says what was tried and what was not, each with its reason', () => {
    const text = textOf(cards.end(binding, { article, end, ticket: false, account }).content);
    for (const line of [
      'You tried: \nRestart the computer · Look for a proxy or a security product in between',
      'You could not do: \nCheck the policy "SSL Cipher Suite Order"',
      'Not needed, by your report: \nCheck the internet connection · Check the date and the time',
      'Held back, as it would not help or not be safe now: \nReset OneDrive',
      'Not tried, because we did not come by it: \nSwitch on TLS 1.2 in Internet Options',
    ]) {
      ok(text.includes(line), `${line} in ${text}`);
    }
  });

  it('leads to the steps that nobody came by, and only where there are some', () => {
    const all = { ...account, left: [] };
    const { content } = cards.end(binding, { article, end, ticket: false, account: all });
    deepEqual(pressesOf(content), ['person', 'choose-check', 'works', 'back', 'start-over']);
    ok(!textOf(content).includes('Not tried'));
  });

  it('says when a person was asked already', () => {
    ok(
      textOf(cards.end(binding, { article, end, ticket: true, account }).content).includes(
        'already saved a case',
      ),
    );
  });
});
