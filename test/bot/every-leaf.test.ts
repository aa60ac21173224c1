import assert from 'node:assert/strict';
import { loadArticle } from '../../src/articles/load.ts';
import { loadWording } from '../../src/cards/wording.ts';
import type { Node } from '../../src/domain/article.ts';
import { startOf, targetOf } from '../../src/domain/article-walk.ts';
import { type Os, osFamilies } from '../../src/domain/os.ts';
import { buildReport } from '../diagnosis/report-builder.ts';
import { type Chat, openChat } from './chat.ts';

const article = loadArticle('onedrive-sign-in');
const wording = loadWording('en');

type Answer = { readonly node: string; readonly answer: string };

describe('every leaf of the article, through the dialogs', () => {
  for (const os of [...osFamilies, 'other', 'unknown'] as const) {
    it(`is reached on ${os}`, async function () {
      this.timeout(60_000);
      const left = new Set(reachable(os));
      assert.ok(left.size > 0);
      for (const way of waysThrough(os)) {
        if (!way.some(({ node }) => left.has(node))) continue;
        for (const node of await walk(os, way)) left.delete(node);
      }
      assert.deepEqual([...left], []);
    });
  }
});

/** Gives the answers of a way one after the other, and checks that the card on show is the node's own. */
async function walk(os: Os, way: readonly Answer[]): Promise<readonly string[]> {
  const chat = openChat();
  await chat.says('0x8004de40');
  await chat.presses('Continue', { value: os });
  await chat.presses('Guide me step by step');
  for (const [index, { node, answer }] of way.entries()) {
    assert.equal(chat.card().title, wording.text(`${article.id}.${node}.title`), `${os}: ${node}`);
    if (way[index + 1]?.node === 'rejoin') await showThatRejoiningIsSafe(chat);
    else await give(chat, nodeOf(node), answer);
  }
  return way.map(({ node }) => node);
}

/** Nothing else opens the way there: a hybrid joined PC without a ticket, whose connection is in order. */
async function showThatRejoiningIsSafe(chat: Chat): Promise<void> {
  const join = ['AzureAdJoined : YES', 'DomainJoined : YES', 'AzureAdPrt : NO'];
  await chat.says(buildReport({ 'join:dsregcmd /status': join }));
  await chat.presses('Show me this step');
}

async function give(chat: Chat, node: Node, answer: string): Promise<void> {
  switch (node.kind) {
    case 'end':
      return;
    case 'question': {
      const button = wording.text(`${article.id}.${node.id}.options.${answer}`);
      if (chat.card().buttons.has(button)) await chat.presses(button);
      else await chat.presses('Continue', { value: answer });
      return;
    }
    case 'step':
      if (node.impact === 'drastic') await chat.presses('Yes, show me how');
      await chat.presses('Still broken');
  }
}

/** Every way from the start to an end, with "still broken" at each step and each option at each question. */
function waysThrough(os: Os, from = startOf(article, os), so: readonly Answer[] = []): readonly Answer[][] {
  const node = article.nodes.get(from);
  if (node === undefined) return [[...so]];
  if (node.kind === 'end') return [[...so, { node: from, answer: '' }]];
  const answers = node.kind === 'question' ? node.options.map(({ id }) => id) : ['broken'];
  return answers.flatMap((answer) =>
    waysThrough(os, targetOf(node, answer, os), [...so, { node: from, answer }]),
  );
}

function reachable(os: Os): readonly string[] {
  return waysThrough(os).flatMap((way) => way.map(({ node }) => node));
}

function nodeOf(id: string): Node {
  const node = article.nodes.get(id);
  assert.ok(node);
  return node;
}
