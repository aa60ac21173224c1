import type { Notice, NoticeActor, NoticeProgress, Wave } from '../domain/notice.ts';
import type { DeliveriesChange } from '../domain/notice-change.ts';
import type { AuditEntry, DeliveryRow } from './notice-desk.ts';
import type { Recipient } from './people.ts';

/** Everything that one change of a notice brings; saved whole or not at all. */
export type NoticeSave = {
  /** The notice after the change. Version 0 creates it; any other must follow the version that is stored. */
  readonly notice: Notice;
  readonly what: AuditEntry['what'];
  readonly by: NoticeActor;
  readonly data: AuditEntry['data'];
  readonly deliveries: DeliveriesChange;
  /** With `fix`: they become rows, each once. Else empty. */
  readonly recipients: readonly Recipient[];
};

/** SQL within the transaction of a change; what pg-boss takes as `db`. */
export type ExecuteSql = {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
};

/**
 * Enqueues what wakes workers for a notice, within the transaction of the change. Jobs only wake them: what may be
 * sent stands in the rows, so a job too many or one that is lost changes nothing but the time.
 */
export type WakeWorkers = (db: ExecuteSql, noticeId: string) => Promise<void>;

/** How the deliveries up to a wave stand; what was settled counts from the moment that the notice went on. */
export type WaveFigures = {
  /** Queued or on the way. */
  readonly open: number;
  readonly held: number;
  readonly sent: number;
  /** Failed, blocked or unknown. */
  readonly bad: number;
  /** When the last one was settled; null while none was. */
  readonly lastAt: Date | null;
};

/** A report of somebody's, judged: when their last one came in, and whether the change still hits them. */
export type Judged = { readonly personId: string; readonly reportedAt: Date; readonly isFine: boolean };

export type NoticeStore = {
  /** `conflict`: somebody changed the notice in between, or the one that it reminds of has its reminder. */
  save(change: NoticeSave): Promise<'saved' | 'conflict'>;
  find(id: string): Promise<Notice | null>;
  list(limit: number): Promise<readonly Notice[]>;
  progress(id: string, now: Date): Promise<NoticeProgress>;
  countFailed(id: string): Promise<number>;
  report(id: string): AsyncIterable<readonly DeliveryRow[]>;
  audit(id: string | null, limit: number): Promise<readonly AuditEntry[]>;
  record(entry: AuditEntry): Promise<void>;
  /** Who presses the button has got it: `unknown` becomes `sent`. */
  acknowledge(id: string, personId: string, now: Date): Promise<boolean>;

  // The clock
  /** Scheduled and due, or sending. */
  listAtWork(now: Date): Promise<readonly Notice[]>;
  waveFigures(id: string, wave: Wave, since: Date): Promise<WaveFigures>;
  /** Queues what was held and is due, and wakes workers for what waits. Returns how many were let go. */
  release(id: string, now: Date): Promise<number>;
  /** Done, and the days until its reminder are over. */
  listToRemindOf(now: Date): Promise<readonly Notice[]>;
  /** There is nobody to remind. */
  forgetReminder(id: string): Promise<void>;
  /** Who got the notice and is not known to be fixed, or to have read it; in order, after the person named. */
  listUnfixed(id: string, after: string, limit: number): Promise<readonly string[]>;
  /** Notices of a change of policy whose recipients may still send a report that tells something: not older than that. */
  listFollowed(notBefore: Date): Promise<readonly Notice[]>;
  /** Who has sent a report since they got the notice or were looked at last, or while they wait for it. */
  listReported(id: string, after: string, limit: number): Promise<readonly string[]>;
  /** Those who got it have checked, perhaps were fixed; those who wait for it and are fine get nothing any more. */
  keepJudged(id: string, judged: readonly Judged[], now: Date): Promise<void>;
};
