import type { NoticeCards } from './cards/notice-card.ts';
import type { Wording } from './cards/wording.ts';
import type { Config } from './config.ts';
import type { NoticeDesk } from './notices/notice-desk.ts';
import { sampleReaders } from './notices/sample-readers.ts';
import type { ApiParts } from './notices-api/operation.ts';

export type PreviewDependencies = {
  readonly config: Pick<Config, 'organisation' | 'helpdesk'>;
  readonly desk: Pick<NoticeDesk, 'dryRun'>;
  readonly cards: Pick<NoticeCards, 'noticeText'>;
  readonly wording: Wording;
};

/** The words of a notice as somebody of the class reads them, for programs; Teams shows them on the card. */
export function createPreview({ config, desk, cards, wording }: PreviewDependencies): ApiParts['preview'] {
  const about = { organisation: config.organisation, contact: config.helpdesk.contact };
  return async (notice, { impact, language }) => {
    const reader = (await sampleReaders(desk, notice))[impact];
    const name = reader.name ?? wording.text('notices.desk.texts.sample-name');
    return cards.noticeText({ ...about, notice, delivery: { ...reader, name, locale: language } });
  };
}
