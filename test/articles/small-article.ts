import assert from 'node:assert/strict';
import type { ArticleText } from '../../src/articles/texts.ts';

export const articleFile = 'src/articles/small.yaml';
export const wordingFile = 'src/locales/en/small.yaml';

/** The smallest article that has one of everything, and is healthy. */
export const smallArticle = `id: small
url: https://learn.microsoft.com/small
codes: ['0x8004de40']
sections: [A, B, R]
groups:
  new: [windows-10, windows-11]
start: look
nodes:
  look:
    kind: step
    section: A
    impact: harmless
    addresses: [network]
    sources:
      - article: https://learn.microsoft.com/small#look
    broken: ask
    cannot: ask
  ask:
    kind: question
    section: beyond
    fact: join.state
    sources:
      - today: https://learn.microsoft.com/newer
    options:
      lone: { when: [none], to: end }
      joined:
        when: [hybrid]
        to:
          - { for: [new], to: rejoin }
          - { to: end }
  rejoin:
    kind: step
    section: B
    impact: drastic
    needs: [restart]
    addresses: [join-state]
    commands:
      - dsregcmd /leave
    sources:
      - article: https://learn.microsoft.com/small#join
      - today: https://learn.microsoft.com/newer
    broken: end
    cannot: person
  end:
    kind: end
    section: R
    sources:
      - article: https://learn.microsoft.com/small#more
`;

export const smallWording = `look:
  title: Look at the cable
  why: Without it nothing goes.
  do:
    - Look at the cable.
  articleSays: Check the connection.
ask:
  title: Is it joined?
  why: The next step depends on it.
  today: The article does not ask.
  options:
    lone: Alone
    joined: Joined
rejoin:
  title: Join again
  why: The tie may be damaged.
  do:
    - Run the command below.
  articleSays: Leave and join.
  today: Only for hybrid devices.
  risk: You are out until you are in again.
  askAgain: Are you sure?
end:
  title: That was all
  text: A person goes on.
sources:
  https://learn.microsoft.com/small#look: Looking
  https://learn.microsoft.com/small#join: Joining
  https://learn.microsoft.com/small#more: More
  https://learn.microsoft.com/newer: Newer
`;

export function sourceOf(article: string = smallArticle, wording: string | null = smallWording): ArticleText {
  return {
    file: articleFile,
    text: article,
    wordings: [{ language: 'en', file: wordingFile, text: wording }],
  };
}

/** The text with one place changed; a place that is not there would make a test that cannot fail. */
export function change(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), `"${from}" is not in the text`);
  return text.replace(from, () => to);
}

/** Line of the first occurrence, from 1. */
export function lineOf(text: string, part: string): number {
  assert.ok(text.includes(part), `"${part}" is not in the text`);
  return text.slice(0, text.indexOf(part)).split('\n').length;
}
