import { createHash } from 'node:crypto';
import { type Activity, ActivityTypes } from 'botbuilder';
import { osOfProfile, profileOf } from '../diagnosis/tls-profile.ts';
import type { Doubt, Examined } from '../domain/case.ts';
import { canProve } from '../domain/doubts.ts';
import type { OsFamily } from '../domain/os.ts';
import type { TlsProfile } from '../domain/tls-profile.ts';
import { conversationKey, isGroup } from './conversation.ts';
import { timeZoneOf } from './turn-tickets.ts';

/** What a turn teaches about somebody, to be saved with it. */
export type Learned = {
  readonly person: LearnedPerson;
  readonly device: LearnedDevice | null;
};

export type LearnedPerson = {
  /** Entra object id in lower case where it is known, else the channel's id. */
  readonly id: string;
  readonly entraId: string | null;
  readonly userId: string;
  readonly tenantId: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly conversation: string;
  /** They wrote or installed the app, so the bot may write to them (again). */
  readonly isBack: boolean;
};

export type LearnedDevice = {
  /** Pseudonym of the PC; `unnamed` where the report has none. */
  readonly device: string;
  readonly reportId: string;
  readonly os: OsFamily | null;
  /** SHA-256 of `facts`, hexadecimal. */
  readonly profile: string;
  readonly facts: TlsProfile;
};

/** Under which the bot knows the sender; their Entra object id where Teams tells it. */
export function personIdOf({ from }: Pick<Activity, 'from'>): string {
  return from.aadObjectId?.toLowerCase() ?? from.id;
}

/** Null in channels and group chats: nobody can be written to alone through them. */
export function learnedOf(activity: Activity, device: LearnedDevice | null): Learned | null {
  const { from, locale, channelData, conversation } = activity;
  if (isGroup(activity) || !from?.id) return null;
  const person: LearnedPerson = {
    id: personIdOf(activity),
    entraId: from.aadObjectId?.toLowerCase() ?? null,
    userId: from.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id ?? null,
    name: from.name || null,
    locale: locale || null,
    timeZone: timeZoneOf(activity),
    conversation: conversationKey(activity),
    // Our own events, such as a report that came in by the web, say nothing about the chat.
    isBack: activity.type !== ActivityTypes.Event,
  };
  return { person, device };
}

/**
 * The PC behind a report, as evidence for what a policy does to it; null where the report is none. It must be whole,
 * alone and undamaged, from now, of the person's own case, and newer than the last. One of another PC than the case's
 * is kept beside it: each PC counts by itself.
 */
export function deviceOf({ reportId, diagnosis }: Examined, doubts: readonly Doubt[]): LearnedDevice | null {
  const { kind, complete } = diagnosis.report;
  if (kind !== 'handshake-report' || !complete) return null;
  if (!canProve(doubts) || doubts.includes('repeated')) return null;
  const facts = profileOf(diagnosis);
  return {
    device: diagnosis.provenance.device ?? 'unnamed',
    reportId,
    os: osOfProfile(facts),
    profile: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
    facts,
  };
}
