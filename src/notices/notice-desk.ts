import type {
  Audience,
  DeliveryState,
  ImpactClass,
  Notice,
  NoticeActor,
  NoticeCommand,
  NoticeDraft,
  NoticeProgress,
  NoticeRefusal,
  NoticeSubject,
} from '../domain/notice.ts';
import type { DryRun, Figures } from './people.ts';

export type Acted =
  | { readonly kind: 'done'; readonly notice: Notice }
  /** `says` names what was expected and what to do, in English, for the API and the command line. */
  | { readonly kind: 'refused'; readonly why: NoticeRefusal; readonly says: string };

/** A line of the report and of its CSV file. */
export type DeliveryRow = {
  readonly personId: string;
  readonly name: string | null;
  readonly impact: ImpactClass;
  readonly cause: string | null;
  readonly os: string | null;
  readonly site: string | null;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly sentAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly checkedAt: string | null;
  readonly fixedAt: string | null;
};

export type AuditEntry = {
  readonly at: string;
  readonly noticeId: string;
  readonly by: NoticeActor;
  readonly what: NoticeCommand['do'] | 'create' | RecordedDeed;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * Everything that administrators do with notices, whichever way they come: a card in Teams, the command line, the HTTP
 * API. Roles are checked here, at each call; every change is in the audit log in the same statement.
 */
export type NoticeDesk = {
  /** With an id that there is already, it answers the notice that has it, so that it may be written again after a crash. */
  create(draft: NoticeDraft, by: NoticeActor, id?: string): Promise<Acted>;
  /** `version` is the one that the actor saw; null takes the notice as it is. */
  act(id: string, command: NoticeCommand, by: NoticeActor, version: number | null): Promise<Acted>;
  find(id: string): Promise<Notice | null>;
  /** Newest first. */
  list(limit: number): Promise<readonly Notice[]>;
  figures(subject: NoticeSubject): Promise<Figures>;
  dryRun(subject: NoticeSubject, audience: Audience, mandatory: boolean): Promise<DryRun>;
  progress(id: string): Promise<NoticeProgress>;
  /** In order of person, in pages, for the CSV file. */
  report(id: string): AsyncIterable<readonly DeliveryRow[]>;
  /** Newest first; of one notice, or of all with null. */
  audit(id: string | null, limit: number): Promise<readonly AuditEntry[]>;
  /** A reader pressed the button of a notice. False where it was never meant for them; once more changes nothing. */
  acknowledge(id: string, personId: string): Promise<boolean>;
  /** Keeps in the audit log what changes no notice. */
  record(entry: Omit<AuditEntry, 'at'> & { readonly what: RecordedDeed }): Promise<void>;
};

export type RecordedDeed = 'preview' | 'export' | 'opt-out' | 'opt-in';
