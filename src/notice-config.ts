import type { Pace } from './domain/notice-pace.ts';
import type { CommonSettings } from './settings.ts';

export type NoticesConfig = {
  /** To more people than this, a second person approves; 0 is always. */
  readonly approvalAbove: number;
  /** Messages a second, of all processes together. */
  readonly rate: number;
  /** IANA; of people whose own zone is not known. */
  readonly timeZone: string;
  readonly pace: Pace;
};

const haltAtLeast = 3;

export function readNotices(data: CommonSettings): NoticesConfig {
  return {
    approvalAbove: data.NOTICE_APPROVAL_ABOVE,
    rate: data.NOTICE_RATE,
    timeZone: data.NOTICE_TIME_ZONE ?? data.HELPDESK_TIME_ZONE,
    pace: { haltShare: data.NOTICE_HALT_ABOVE / 100, haltAtLeast, watchSeconds: data.NOTICE_WATCH * 60 },
  };
}
