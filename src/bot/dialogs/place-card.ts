import type { Card } from '../../cards/card.ts';
import { remarksOn } from '../../cards/doubt-words.ts';
import { accountOf } from '../../domain/account.ts';
import type { Article, Node } from '../../domain/article.ts';
import { progress } from '../../domain/article-walk.ts';
import type { Case, Place } from '../../domain/case.ts';
import { awaitsProof, comparisonOf, reportOnShow } from '../../domain/evidence.ts';
import { ownerOf } from '../../domain/handoff.ts';
import { articleOf } from '../../domain/learn.ts';
import type { Binding } from '../../domain/press.ts';
import { emptyForm, sharedOf } from '../../domain/share.ts';
import { asksFirst, mends, nodeOf, osOf } from '../../domain/walk-on.ts';
import { caseOf, checkCodeFor, type Draft, showAndWait } from '../draft.ts';
import type { PresentationParts } from './presentation.ts';

/** Shows the card that a place waits with. */
export function createPlaceCard(parts: PresentationParts): (draft: Draft, place: Place) => void {
  return (draft, place) => showAndWait(draft, (binding) => drawPlace(parts, draft, place, binding));
}

function drawPlace(parts: PresentationParts, draft: Draft, place: Place, binding: Binding): Card {
  const { cards, knowledge } = parts;
  const current = caseOf(draft);
  switch (place.at) {
    case 'code':
      return cards.code(binding, { codes: offeredCodes(parts) });
    case 'other-code':
      return drawOtherCode(parts, place.code, binding);
    case 'os':
      return cards.os(binding);
    case 'way':
      return cards.way(binding, current);
    case 'node':
      return drawNode(parts, current, articleOf(current, knowledge), place, binding);
    case 'script':
      return drawScript(parts, draft, binding);
    case 'by-hand':
      return cards.byHand(binding, { commands: parts.lanes.commandsByHand(current.os) });
    case 'result':
      return drawResult(parts, current, binding);
    case 'person':
      return drawPerson(parts, draft, binding);
    case 'preview':
      return drawPreview(parts, current, binding);
    case 'withdraw':
      return drawWithdraw(parts, draft, place.ticketId, binding);
    case 'cannot':
      return drawCannot(parts, current, place.node, binding);
    case 'solved':
      return cards.solved(binding, {
        choices: triedSteps(parts, current),
        checkFirst: awaitsProof(current),
      });
    case 'closed':
      return cards.closed(binding, { outcome: current.outcome ?? { kind: 'cancelled' } });
  }
}

/** The codes that the articles cover come first; the others of the family are explained. */
function offeredCodes({ knowledge }: PresentationParts): readonly string[] {
  const covered = knowledge.articles.flatMap(({ codes }) => codes);
  const known = [...knowledge.codes.values()].filter(({ kind }) => kind === 'known').map(({ code }) => code);
  return [...new Set([...covered, ...known])];
}

function drawOtherCode(
  { cards, knowledge, wording }: PresentationParts,
  code: string,
  binding: Binding,
): Card {
  const error = knowledge.codes.get(code);
  if (error?.kind !== 'known') {
    return cards.otherCode(binding, { code, kind: 'unconfirmed', meaning: null, link: error?.link ?? null });
  }
  return cards.otherCode(binding, { ...error, meaning: wording.text(`codes.${code}`) });
}

function drawNode(
  { cards }: PresentationParts,
  current: Case,
  article: Article,
  place: Extract<Place, { at: 'node' }>,
  binding: Binding,
): Card {
  const node: Node = nodeOf(article, place.node);
  switch (node.kind) {
    case 'question':
      return cards.question(binding, { article: article.id, question: node });
    case 'end':
      return cards.end(binding, {
        article: article.id,
        end: node,
        ticket: current.ticketIds.length > 0,
        account: accountOf(current, article),
      });
    case 'step': {
      const visited = current.tried.map((tried) => tried.node);
      const about = {
        article: article.id,
        step: node,
        os: current.os,
        checked: current.examined !== null,
        ...progress(article, node, osOf(current), visited),
      };
      return asksFirst(node, place.agreed) ? cards.confirm(binding, about) : cards.step(binding, about);
    }
  }
}

function drawCannot(
  { cards, knowledge }: PresentationParts,
  current: Case,
  id: string,
  binding: Binding,
): Card {
  const article = articleOf(current, knowledge);
  const step = nodeOf(article, id);
  if (step.kind !== 'step')
    throw new Error(`Only a step can be beyond somebody, not the ${step.kind} "${id}".`);
  const codes = mends(step, current);
  const failures = current.examined?.diagnosis.findings.filter(({ code }) => codes.includes(code)) ?? [];
  return cards.cannot(binding, { article: article.id, step, failures });
}

function drawPerson({ cards, contact }: PresentationParts, draft: Draft, binding: Binding): Card {
  const { queue, timeZone } = draft;
  return cards.person(binding, { contact, form: caseOf(draft).form ?? emptyForm, queue, timeZone });
}

function drawWithdraw({ cards }: PresentationParts, draft: Draft, ticketId: string, binding: Binding): Card {
  const ticket = draft.tickets.find(({ id }) => id === ticketId);
  const agent = ticket === undefined ? null : ownerOf(ticket);
  return cards.withdraw(binding, { ticketId, by: agent?.name ?? null });
}

function drawPreview({ cards, wording }: PresentationParts, current: Case, binding: Binding): Card {
  const { article, examined, doubts } = current;
  const form = current.form ?? emptyForm;
  const remarks = examined === null ? [] : remarksOn(wording, examined.diagnosis, doubts);
  return cards.preview(binding, {
    article,
    shared: sharedOf(current, form.note, true),
    form,
    remarks: remarks.flatMap(({ lines }) => lines),
  });
}

function drawScript({ cards, lanes }: PresentationParts, draft: Draft, binding: Binding): Card {
  const code = checkCodeFor(draft);
  const { os } = caseOf(draft);
  return cards.script(binding, {
    offers: lanes.offersFor(os, code),
    command: lanes.commandFor(os, code),
    webLink: lanes.webLinkFor(code),
    os,
    canSendFile: draft.takesFiles,
  });
}

function drawResult({ cards, knowledge }: PresentationParts, current: Case, binding: Binding): Card {
  const shown = reportOnShow(current);
  if (shown === null) throw new Error('A result is shown only after a report was examined.');
  const comparison = comparisonOf(current, articleOf(current, knowledge));
  const judged = { article: current.article, diagnosis: shown.examined.diagnosis, doubts: shown.doubts };
  return comparison === null
    ? cards.result(binding, judged)
    : cards.comparison(binding, { ...judged, comparison });
}

/** What may have helped, the last thing tried first; never what the person could not do. */
function triedSteps({ knowledge, wording }: PresentationParts, current: Case) {
  const { nodes, id } = articleOf(current, knowledge);
  const answers = new Map(current.tried.map(({ node, answer }) => [node, answer]));
  const steps = current.tried.map(({ node }) => node).filter((node) => nodes.get(node)?.kind === 'step');
  const done = steps.filter((node) => answers.get(node) !== 'cannot');
  return [...new Set(done.toReversed())].map((node) => ({
    value: node,
    title: wording.text(`${id}.${node}.title`),
  }));
}
