import { z } from 'zod';
import { duration, guid, splitList, timeZone, wholeNumber } from './setting-forms.ts';

const groupPrefix = 'group:';
const holder = z.union([
  guid.transform((id) => ({ kind: 'person' as const, id })),
  z
    .string()
    .startsWith(groupPrefix)
    .transform((text) => text.slice(groupPrefix.length))
    .pipe(guid)
    .transform((id) => ({ kind: 'group' as const, id })),
]);
/** People of a role: Entra object ids, or `group:` before that of a group. Empty is nobody. */
const holders = z.string().transform(splitList).pipe(z.array(holder).max(100)).default([]);
const watchedHost = z
  .string()
  .toLowerCase()
  .regex(/^([a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}(:\d{1,5})?$/);

/** The environment variables of notices, and the words for them; docs/notices.md explains each. */
export const noticeSettings = {
  NOTICE_APPROVAL_ABOVE: wholeNumber(0, 1_000_000).default(50),
  NOTICE_RATE: wholeNumber(1, 50).default(25),
  NOTICE_TIME_ZONE: timeZone.nullable().default(null),
  NOTICE_HALT_ABOVE: wholeNumber(1, 100).default(10),
  NOTICE_WATCH: duration.default(5),
  NOTICE_AUTHORS: holders,
  NOTICE_APPROVERS: holders,
  NOTICE_AUDITORS: holders,
  NOTICE_INSTALL_APP: guid.nullable().default(null),
  API_AUDIENCE: guid.nullable().default(null),
  POLICY_WATCH_HOSTS: z.string().transform(splitList).pipe(z.array(watchedHost).max(20)).default([]),
};

const holdersExpected = 'Entra object ids of people, or group: and the id of a group, separated by commas';

export const noticeExpectations: Readonly<Record<keyof typeof noticeSettings, string>> = {
  NOTICE_APPROVAL_ABOVE: 'a number of people; 0 means that every notice is approved',
  NOTICE_RATE: 'a number from 1 to 50: messages a second',
  NOTICE_TIME_ZONE: 'the time zone of people whose own is not known, such as Europe/Zurich',
  NOTICE_HALT_ABOVE: 'a number from 1 to 100: per cent of a wave that may fail',
  NOTICE_WATCH: 'a time such as 5m, 1h or 1d',
  NOTICE_AUTHORS: holdersExpected,
  NOTICE_APPROVERS: holdersExpected,
  NOTICE_AUDITORS: holdersExpected,
  NOTICE_INSTALL_APP: "the app's id in the tenant's app catalogue, a GUID",
  API_AUDIENCE: 'the application (client) id that tokens for the API are made out to, a GUID',
  POLICY_WATCH_HOSTS: 'host names in full, such as login.microsoftonline.com, separated by commas',
};
