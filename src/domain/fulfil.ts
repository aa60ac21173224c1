import type { Node } from './article.ts';
import { type Case, openCase, type Place } from './case.ts';
import { claimReport, disownReport } from './claim.ts';
import { close, closeSolved, reopen } from './close.ts';
import {
  type Decision,
  decision,
  type FreshIds,
  type Knowledge,
  type Note,
  type Situation,
  showAgain,
} from './decision.ts';
import { evidenceOf } from './evidence.ts';
import { callPerson, keepPrivate, openTicket, previewTicket } from './hand-over.ts';
import type { Intent } from './intent.ts';
import { articleOf, placeToAsk, withCode } from './learn.ts';
import { isOs } from './os.ts';
import { askToWithdrawNewest, keepTicket, withdrawNow } from './ticket-press.ts';
import {
  answerNode,
  asksFirst,
  beginGuide,
  holdAt,
  mends,
  nodeOf,
  notesOf,
  type WalkedOn,
} from './walk-on.ts';

/** Does what a person wants; null when it makes no sense at this place. */
export function fulfil(at: Situation, intent: Intent, knowledge: Knowledge, ids: FreshIds): Decision | null {
  switch (intent.want) {
    case 'code':
      return ask(withCode(at.case, intent.code, knowledge), knowledge, { by: 'code', code: intent.code });
    case 'os':
      return isOs(intent.os)
        ? ask({ ...at.case, os: intent.os }, knowledge, { by: 'os', os: intent.os })
        : null;
    case 'check':
      return chooseCheck(at);
    case 'check-again':
      return checkAgain(at, knowledge);
    case 'guide':
      return chooseGuide(at, knowledge);
    case 'answer':
      return answerStep(at, intent.answer, knowledge);
    case 'option':
      return answerQuestion(at, intent.option, knowledge);
    case 'agree':
      return agree(at, knowledge);
    case 'follow':
      return follow(at, knowledge);
    case 'claim':
      return claimReport(at, knowledge);
    case 'disown':
      return disownReport(at);
    case 'file':
      return decision(at.case, { move: { to: 'stay' }, notes: [{ note: 'file-offer' }] });
    case 'by-hand':
      return forward(at.case, { at: 'by-hand' });
    case 'remedies':
      return at.case.examined === null
        ? null
        : decision(at.case, { move: { to: 'stay' }, notes: [{ note: 'remedies' }] });
    case 'go-on':
      return goOnWithout(at, knowledge);
    case 'preview':
      return previewTicket(at, intent.form);
    case 'share':
      return openTicket(at, intent.withReport, ids);
    case 'keep-private':
      return keepPrivate(at);
    case 'withdraw':
    case 'bot':
      return askToWithdrawNewest(at, intent.want);
    case 'withdraw-now':
      return withdrawNow(at);
    case 'keep-ticket':
      return keepTicket(at);
    case 'tell-what-helped':
      return closeSolved(at, intent.helped);
    case 'reopen':
      return reopen(at);
    case 'continue':
      return decision(at.case, { move: showAgain(at) });
    case 'help':
    case 'status':
      return decision(at.case, { move: { to: 'stay' }, notes: [{ note: intent.want }] });
    case 'back':
      return goBack(at);
    case 'start-over':
      return startOver(at, ids);
    case 'cancel':
      return close(at, { kind: 'cancelled' });
    case 'person':
      return callPerson(at);
  }
}

function ask(current: Case, knowledge: Knowledge, answered: NonNullable<Decision['answered']>): Decision {
  return {
    ...walked(current, placeToAsk(current, knowledge)),
    answered,
    events: [{ kind: 'learned', data: { code: current.code, os: current.os } }],
  };
}

function chooseCheck(at: Situation): Decision {
  if (at.case.os === 'other') {
    return decision(at.case, { move: showAgain(at), notes: [{ note: 'device', device: 'other' }] });
  }
  return forward({ ...at.case, way: 'check' }, { at: 'script' });
}

function checkAgain(at: Situation, knowledge: Knowledge): Decision {
  return chooseCheck({ ...at, case: withAnswer(at, 'checked', knowledge) });
}

function chooseGuide(at: Situation, knowledge: Knowledge): Decision {
  const current: Case = { ...at.case, way: 'guide', code: at.case.code ?? 'unknown' };
  if (current.os === null) return forward(current, { at: 'os' });
  return walked(current, beginGuide(current, articleOf(current, knowledge)));
}

/** "It works now" is welcome anywhere; the other answers belong to a step of the article. */
function answerStep(
  at: Situation,
  answer: 'works' | 'broken' | 'cannot',
  knowledge: Knowledge,
): Decision | null {
  if (answer === 'works') return forward(withAnswer(at, 'works', knowledge), { at: 'solved' });
  if (at.place?.at !== 'node') return null;
  const node = nodeOf(articleOf(at.case, knowledge), at.place.node);
  // Nobody has tried what they were only asked about, and a ticket must not say so.
  if (answer === 'broken' && asksFirst(node, at.place.agreed)) {
    return decision(at.case, { move: showAgain(at), notes: [{ note: 'choose-one' }] });
  }
  return answerHere(at, node.id, answer, knowledge);
}

/** The step on show when it works again is the likeliest to have helped; a new check shows whether it did. */
function withAnswer({ case: current, place }: Situation, answer: string, knowledge: Knowledge): Case {
  if (place?.at !== 'node') return current;
  const node = nodeOf(articleOf(current, knowledge), place.node);
  if (node.kind !== 'step' || asksFirst(node, place.agreed)) return current;
  return { ...current, tried: [...current.tried, { node: node.id, answer }] };
}

function answerQuestion(at: Situation, option: string, knowledge: Knowledge): Decision | null {
  if (at.place?.at !== 'node') return null;
  const node = nodeOf(articleOf(at.case, knowledge), at.place.node);
  if (option === 'no' && asksFirst(node, at.place.agreed)) {
    return answerHere(at, node.id, 'cannot', knowledge);
  }
  if (node.kind !== 'question' || !node.options.some(({ id }) => id === option)) return null;
  const done = answerHere(at, node.id, option, knowledge);
  return done && { ...done, answered: { by: 'option', node: node.id, option } };
}

function answerHere(at: Situation, node: string, answer: string, knowledge: Knowledge): Decision | null {
  const article = articleOf(at.case, knowledge);
  if (nodeOf(article, node).kind === 'end') return null;
  const current: Case = { ...at.case, tried: [...at.case.tried, { node, answer }] };
  const done =
    answer === 'cannot' && mends(nodeOf(article, node), at.case).length > 0
      ? forward(current, { at: 'cannot', node })
      : walked(current, answerNode(current, article, node, answer));
  return {
    ...done,
    notes: [...checkToBeSure(nodeOf(article, node), answer, at.case), ...done.notes],
    events: [{ kind: 'tried', data: { node, answer } }, ...done.events],
  };
}

/** A step against what the report blames may have changed something that only a new report shows. */
function checkToBeSure(node: Node, answer: string, current: Case): readonly Note[] {
  const wouldTell = answer === 'broken' && mends(node, current).length > 0;
  return wouldTell ? [{ note: 'check-to-be-sure' }] : [];
}

function goOnWithout(at: Situation, knowledge: Knowledge): Decision | null {
  if (at.place?.at !== 'cannot') return null;
  return walked(at.case, answerNode(at.case, articleOf(at.case, knowledge), at.place.node, 'cannot'));
}

function walked(current: Case, walk: WalkedOn): Decision {
  return { ...forward(current, walk.place), notes: notesOf(walk) };
}

function agree(at: Situation, knowledge: Knowledge): Decision | null {
  if (at.place?.at !== 'node' || at.place.agreed) return null;
  const article = articleOf(at.case, knowledge);
  const node = nodeOf(article, at.place.node);
  if (node.kind !== 'step') return null;
  // A report that came in since the question may speak against it.
  const hold = holdAt(at.case, article, node);
  if (hold !== null)
    return decision(at.case, { move: { to: 'again' }, notes: [{ note: 'held', steps: [hold] }] });
  if (asksFirst(node, at.place.agreed)) return forward(at.case, { ...at.place, agreed: true });
  return decision(at.case, { move: { to: 'again' }, notes: [{ note: 'did-it-work' }] });
}

/** The recommended step is shown even if it was tried before: the evidence is newer. An old report asks for a new one. */
function follow(at: Situation, knowledge: Knowledge): Decision | null {
  if (at.case.unclaimed !== null) return claimReport(at, knowledge);
  if (at.case.examined === null) return null;
  const evidence = evidenceOf(at.case);
  if (evidence === null) return chooseCheck(at);
  const { step } = evidence.recommendation;
  if (step === null) return forward(at.case, { at: 'person' });
  return forward(at.case, {
    at: 'node',
    node: nodeOf(articleOf(at.case, knowledge), step).id,
    agreed: false,
  });
}

/** Before a place that the first words led to comes the first question. */
function goBack(at: Situation): Decision {
  if (at.before !== null)
    return decision(withoutAnswersSince(at.case, at.before), { move: { to: 'back', past: [] } });
  if (at.place === null || at.place.at === 'code') {
    return decision(at.case, { move: showAgain(at), notes: [{ note: 'nothing-before' }] });
  }
  return decision({ ...at.case, outcome: null }, { move: { to: 'start', place: { at: 'code' } } });
}

/** Going back to a step takes back the answers from there on, so that going on shows them again. */
function withoutAnswersSince(current: Case, place: Place): Case {
  const since = place.at === 'node' ? current.tried.findIndex(({ node }) => node === place.node) : -1;
  return { ...current, outcome: null, tried: since < 0 ? current.tried : current.tried.slice(0, since) };
}

function startOver(at: Situation, ids: FreshIds): Decision {
  return decision(openCase(ids.case, at.case.article), {
    move: { to: 'start', place: { at: 'code' } },
    notes: [{ note: 'started-over' }],
  });
}

function forward(current: Case, place: Place): Decision {
  return decision(current, { move: { to: 'forward', place } });
}
