import { linesText } from '../cards/notice-text.ts';
import type { Wording } from '../cards/wording.ts';
import type { Notice, NoticeActor } from '../domain/notice.ts';
import type { Acted, NoticeDesk } from '../notices/notice-desk.ts';
import type { DraftFileParts } from './draft-file.ts';

/** What becomes of a notice that may go out: a server sends it now, or once it runs again, or nobody does. */
export type Sending = 'server' | 'next-start' | 'off';

/** What every command works with; tests pass their own. */
export type NoticeCommandParts = {
  readonly desk: NoticeDesk;
  readonly by: NoticeActor;
  readonly wording: Wording;
  readonly sending: Sending;
  readonly read: DraftFileParts['read'];
} & Output;

export type Output = {
  /** One JSON object on standard output, whatever comes of it. */
  readonly asJson: boolean;
  readonly write: (line: string) => void;
  readonly writeError: (line: string) => void;
};

/** Exit codes: it was refused or does not exist, and what was given cannot be used. */
export const refusedCode = 1;
export const unusableCode = 2;

export function answer({ asJson, write }: Output, body: unknown, inWords: () => string): number {
  write(asJson ? JSON.stringify(body) : inWords());
  return 0;
}

const mostFaults = 50;

/** Says why nothing was done, and returns the exit code. `faults` are lines of files. */
export function fail(
  { asJson, write, writeError, wording }: Output & Pick<NoticeCommandParts, 'wording'>,
  error: { readonly code: string; readonly detail: string; readonly faults?: readonly string[] },
  exitCode: typeof refusedCode | typeof unusableCode,
): number {
  const { detail, faults = [] } = error;
  if (asJson) {
    write(JSON.stringify({ error }));
    return exitCode;
  }
  const count = faults.length - mostFaults;
  writeError(linesText([detail, ...faults.slice(0, mostFaults)]));
  if (count > 0) writeError(wording.text('notice-commands.errors.more', { count }));
  return exitCode;
}

export function refuse(
  parts: NoticeCommandParts,
  { why, says }: Extract<Acted, { kind: 'refused' }>,
): number {
  return fail(parts, { code: why, detail: says }, refusedCode);
}

/** Does what is wanted with a notice, or says that there is none. */
export async function withNotice(
  parts: NoticeCommandParts,
  id: string,
  work: (notice: Notice) => Promise<number>,
): Promise<number> {
  const notice = await parts.desk.find(id);
  if (notice !== null) return work(notice);
  const detail = parts.wording.text('notice-commands.errors.not-found', { id });
  return fail(parts, { code: 'not-found', detail }, refusedCode);
}
