import type { FindingCode } from './diagnosis.ts';
import type { OsFamily } from './os.ts';
import type { PolicyKind } from './policy.ts';

/**
 * What a change of policy does to somebody, by the last report of each of their PCs; the worst PC counts.
 * `will-break`: sign-in fails after the change. `at-risk`: it works, by what the service keeps for old programs alone,
 * or something else in the report is wrong. `unknown`: no report, or one that does not tell.
 */
export const impactClasses = ['will-break', 'at-risk', 'fine', 'unknown'] as const;
export type ImpactClass = (typeof impactClasses)[number];

/** Something that the service accepts no longer, beyond what the policy history says: an administrator's entry. */
export type PolicyLoss = { readonly kind: PolicyKind; readonly name: string };

/** What a notice is about. Days are `YYYY-MM-DD`, UTC. */
export type NoticeSubject =
  | {
      readonly kind: 'policy';
      /** The last day as it was, and the first day as it will be. */
      readonly before: string;
      readonly after: string;
      /** Lost on top of what the policy history says between the two days; empty as a rule. */
      readonly lost: readonly PolicyLoss[];
      /** The page that announces it. */
      readonly source: string;
    }
  | { readonly kind: 'announcement' };

/**
 * Who is meant. Each list that is not empty narrows it; all must hold. An audience without any limit is refused unless
 * `everyone` is true, so that nothing goes to everyone by a slip.
 */
export type Audience = {
  readonly everyone: boolean;
  readonly impact: readonly ImpactClass[];
  /** Findings that fail or warn after the change, on any PC of theirs. */
  readonly findings: readonly FindingCode[];
  readonly os: readonly OsFamily[];
  readonly sites: readonly string[];
  /** BCP 47 prefixes in lower case: `de` holds for `de-ch`. */
  readonly languages: readonly string[];
  /** Entra object ids, as from a CSV file. */
  readonly people: readonly string[];
  /** Entra object ids of groups, asked of Microsoft Graph. */
  readonly groups: readonly string[];
};

export type NoticeText = { readonly title: string; readonly body: string };

/** Texts by impact class (`all` where the class has none of its own), then by language; `en` always exists. */
export type NoticeTexts = Readonly<
  Partial<Record<ImpactClass | 'all', Readonly<Record<string, NoticeText>>>>
>;

export type NoticeSchedule = {
  /** ISO, UTC; null is as soon as it is approved. */
  readonly startAt: string | null;
  /** Only between these times of the reader's day, such as `08:00` to `18:00`; null is at any time. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Days of the reader's week, 1 is Monday; empty is every day. */
  readonly weekdays: readonly number[];
  /** Reminds those not yet fixed after so many days; null never does. */
  readonly remindAfterDays: number | null;
};

export type NoticeDraft = {
  /** For administrators, in lists and cards. */
  readonly name: string;
  readonly subject: NoticeSubject;
  readonly audience: Audience;
  readonly texts: NoticeTexts;
  readonly schedule: NoticeSchedule;
  /** Overrides opt-outs, for the reason that is recorded; null respects them. */
  readonly mandatory: { readonly reason: string } | null;
};

export const noticeRoles = ['author', 'approver', 'auditor'] as const;
export type NoticeRole = (typeof noticeRoles)[number];

/** Who does something to a notice; `id` is an Entra object id, or the name that the operating system gives. */
export type NoticeActor = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly NoticeRole[];
  readonly via: 'teams' | 'api' | 'command' | 'bot';
};

/**
 * `canary`: a first wave (1 %, then 10 %) is out or being watched. `paused` and `halted` remember where to go on;
 * `halted` is what the bot does by itself when too many of a wave fail or block it.
 */
export type NoticeStatus =
  | { readonly at: 'draft' }
  | { readonly at: 'awaiting-approval' }
  /** Approved, or too small to need it; waits for `startAt`. */
  | { readonly at: 'scheduled' }
  | { readonly at: 'sending'; readonly wave: Wave }
  | { readonly at: 'paused'; readonly wave: Wave }
  | { readonly at: 'halted'; readonly wave: Wave; readonly why: HaltReason }
  | { readonly at: 'done' }
  | { readonly at: 'cancelled' };

/**
 * Why the bot stops a notice by itself. `too-many-bad`: so many of those that were settled failed, were blocked or may
 * not have arrived.
 */
export type HaltReason = { readonly code: 'too-many-bad'; readonly bad: number; readonly settled: number };

/** 0 is the first canary (1 %), 1 the second (10 %), 2 everyone else. */
export type Wave = 0 | 1 | 2;

export type Notice = NoticeDraft & {
  readonly id: string;
  /** Counts the changes; a change must name the one that it saw. */
  readonly version: number;
  readonly status: NoticeStatus;
  /** Who wrote it last. */
  readonly author: Pick<NoticeActor, 'id' | 'name'>;
  /** Who sent it for approval as it stands, also the words of a program; null before. */
  readonly submitter: Pick<NoticeActor, 'id' | 'name'> | null;
  readonly approver: Pick<NoticeActor, 'id' | 'name'> | null;
  /** Recipients, fixed when it was submitted; null before. */
  readonly total: number | null;
  /** ISO, UTC. */
  readonly createdAt: string;
  readonly since: string;
  /** The notice that this one reminds of; null for a first one. */
  readonly remindsOf: string | null;
};

export type NoticeCommand =
  | { readonly do: 'edit'; readonly draft: NoticeDraft }
  /** Fixes the recipients; goes to approval above the configured size, else it is scheduled. */
  | { readonly do: 'submit' }
  | { readonly do: 'approve' }
  | { readonly do: 'reject'; readonly reason: string }
  | { readonly do: 'pause' }
  | { readonly do: 'resume' }
  | { readonly do: 'cancel' }
  /** Queues again those that failed, and nobody else. */
  | { readonly do: 'resend-failed' }
  // The clock and the worker
  | { readonly do: 'start' }
  | { readonly do: 'next-wave' }
  | { readonly do: 'halt'; readonly why: HaltReason }
  | { readonly do: 'finish' };

/** Why a command does not apply. */
export type NoticeRefusal =
  | 'not-found'
  | 'role-missing'
  | 'own-notice'
  | 'out-of-place'
  | 'changed-meanwhile'
  | 'audience-empty'
  | 'audience-unlimited'
  | 'text-missing'
  | 'placeholder-unknown'
  | 'reason-missing'
  | 'schedule-invalid'
  | 'group-unavailable'
  | 'nothing-failed';

/**
 * Where a delivery stands. `held` waits for the reader's window. `blocked`: the person or an administrator has shut the
 * bot out. `skipped`: opted out, unreachable, or fixed meanwhile. `unknown`: it may have arrived, and is never sent again.
 */
export const deliveryStates = [
  'queued',
  'held',
  'sending',
  'sent',
  'failed',
  'blocked',
  'skipped',
  'unknown',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Counts that always add up to `total`, taken from the rows themselves in one query. */
export type NoticeProgress = {
  readonly total: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** Of `failed`, `blocked`, `skipped` and `unknown`, by reason. */
  readonly reasons: readonly {
    readonly state: DeliveryState;
    readonly reason: string;
    readonly count: number;
  }[];
  readonly acknowledged: number;
  /** Sent a report, and sent one that is fine, after they got the notice. */
  readonly checked: number;
  readonly fixed: number;
  /** Messages a second over the last minute. */
  readonly rate: number;
  /** ISO, UTC; null while it cannot be told. */
  readonly expectedEnd: string | null;
};
