import { type ByHandCards, createByHandCard } from './by-hand-card.ts';
import { type ComparisonCards, createComparisonCard } from './comparison-card.ts';
import { compileTemplates, type FillTemplate } from './compile.ts';
import { createEndingCards, type EndingCards } from './ending-cards.ts';
import { createHandoffCards, type HandoffCards } from './handoff-cards.ts';
import { createHelpdeskCards, type HelpdeskCards } from './helpdesk-cards.ts';
import { createQueueCards, type QueueCards } from './helpdesk-queue-card.ts';
import { createKit } from './kit.ts';
import { createNodeCards, type NodeCards } from './node-cards.ts';
import { createNoticeCard, type NoticeCards } from './notice-card.ts';
import { createNoticeDeskCards, type NoticeDeskCards } from './notice-desk-cards.ts';
import { createOpeningCards, type OpeningCards } from './opening-cards.ts';
import { createOrientationCards, type OrientationCards } from './orientation-cards.ts';
import { createPreviewCard, type PreviewCards } from './preview-card.ts';
import { loadReaderWordings } from './reader-wording.ts';
import { createRemediationCard, type RemediationCards } from './remediation-card.ts';
import { createReportCards, type ReportCards } from './report-cards.ts';
import { createResultCard, type ResultCards } from './result-card.ts';
import { createTexts, type Texts } from './texts.ts';
import type { Wording } from './wording.ts';

/** Everything the bot can show. Buttons carry `{ press, value?, binding }`; inputs are named `value`. */
export type Cards = OpeningCards &
  NodeCards &
  ReportCards &
  ResultCards &
  ComparisonCards &
  EndingCards &
  HandoffCards &
  PreviewCards &
  ByHandCards &
  RemediationCards &
  HelpdeskCards &
  QueueCards &
  NoticeCards &
  NoticeDeskCards &
  OrientationCards & { readonly texts: Texts };

/** Compiles the templates: call it once, at start. */
export function createCards(wording: Wording, fill: FillTemplate = compileTemplates()): Cards {
  const kit = createKit(wording, fill);
  const readers = loadReaderWordings(wording);
  return {
    ...createOpeningCards(kit),
    ...createNodeCards(kit),
    ...createReportCards(kit),
    ...createResultCard(kit),
    ...createComparisonCard(kit),
    ...createEndingCards(kit),
    ...createHandoffCards(kit),
    ...createPreviewCard(kit),
    ...createByHandCard(kit),
    ...createRemediationCard(kit),
    ...createHelpdeskCards(kit),
    ...createQueueCards(kit),
    ...createNoticeCard(readers, fill),
    ...createNoticeDeskCards(kit, readers),
    ...createOrientationCards(kit),
    texts: createTexts(wording),
  };
}
