import { duration, timeZone, wholeNumber } from './setting-forms.ts';

/** The environment variables of notices, and the words for them; docs/notices.md explains each. */
export const noticeSettings = {
  NOTICE_APPROVAL_ABOVE: wholeNumber(0, 1_000_000).default(50),
  NOTICE_RATE: wholeNumber(1, 50).default(25),
  NOTICE_TIME_ZONE: timeZone.nullable().default(null),
  NOTICE_HALT_ABOVE: wholeNumber(1, 100).default(10),
  NOTICE_WATCH: duration.default(5),
};

export const noticeExpectations: Readonly<Record<keyof typeof noticeSettings, string>> = {
  NOTICE_APPROVAL_ABOVE: 'a number of people; 0 means that every notice is approved',
  NOTICE_RATE: 'a number from 1 to 50: messages a second',
  NOTICE_TIME_ZONE: 'the time zone of people whose own is not known, such as Europe/Zurich',
  NOTICE_HALT_ABOVE: 'a number from 1 to 100: per cent of a wave that may fail',
  NOTICE_WATCH: 'a time such as 5m, 1h or 1d',
};
