import type { TurnChange } from '../bot/turn-store.ts';
import type { Database } from './connection.ts';

/** A code under which one report may come in by the web. */
export type StoredCheckCode = {
  /** Key of the conversation that the code was handed out in. */
  readonly conversation: string;
  readonly caseId: string;
  readonly expiresAt: Date;
  /** Where that conversation is, as saved last. */
  readonly reference: TurnChange['reference'];
  /** A report came in under it: a turn with the activity id of `reportActivityId` was saved. */
  readonly used: boolean;
};

/** The activity id of the turn that brings the report of a code in; the inbox makes it happen once. */
export function reportActivityId(code: string): string {
  return `report-by-web/${code}`;
}

/** Null for a code that was never handed out or was forgotten. One that has expired is still found for days. */
export async function findCheckCode({ db }: Database, code: string): Promise<StoredCheckCode | null> {
  const row = await db
    .selectFrom('check_codes as codes')
    .innerJoin('conversations', 'conversations.key', 'codes.conversation')
    .select(['codes.conversation', 'codes.case_id', 'codes.expires_at', 'conversations.reference'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('inbox')
          .select('at')
          .whereRef('inbox.conversation', '=', 'codes.conversation')
          .where('inbox.activity_id', '=', reportActivityId(code)),
      ).as('used'),
    )
    .where('codes.code', '=', code)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { conversation, case_id: caseId, expires_at: expiresAt, reference, used } = row;
  return { conversation, caseId, expiresAt, reference, used: Boolean(used) };
}
