import { figuresText } from '../cards/notice-figures-text.ts';
import { linesText, noticeListText, noticeText, sayCommand } from '../cards/notice-text.ts';
import type { Notice, NoticeCommand, NoticeDraft } from '../domain/notice.ts';
import type { Acted } from '../notices/notice-desk.ts';
import { readDraftFile } from './draft-file.ts';
import { draftYaml } from './example.ts';
import { answer, fail, type NoticeCommandParts, refuse, unusableCode, withNotice } from './parts.ts';

/** Each command returns its exit code: 0, 1 where it was refused, 2 where what was given cannot be used. */

export async function listNotices(parts: NoticeCommandParts, limit: number): Promise<number> {
  const notices = await parts.desk.list(limit);
  return answer(parts, { notices }, () => noticeListText(parts.wording, notices));
}

/** As words, as JSON, or with `asYaml` as a file to edit and send back. */
export function showNotice(parts: NoticeCommandParts, id: string, asYaml: boolean): Promise<number> {
  const { wording, write } = parts;
  return withNotice(parts, id, async (notice) => {
    if (!asYaml) {
      const figures = await figuresFor(parts, notice);
      return answer(parts, notice, () => `${noticeText(wording, notice)}${figures}`);
    }
    const head = sayCommand(wording)('example.edit-head', { id, version: notice.version });
    write(draftYaml(notice, head, wording).trimEnd());
    return 0;
  });
}

/** Whoever approves sees whom the change hits, too. */
async function figuresFor(
  { desk, wording, asJson }: NoticeCommandParts,
  { status, subject }: Notice,
): Promise<string> {
  if (asJson || status.at !== 'awaiting-approval') return '';
  return `\n\n${figuresText(wording, await desk.figures(subject))}`;
}

export function writeNotice(parts: NoticeCommandParts, file: string): Promise<number> {
  return withDraft(parts, file, async (draft) => acted(parts, await parts.desk.create(draft, parts.by)));
}

/** `version` is the one that was looked at; null replaces the notice as it is. */
export function editNotice(
  parts: NoticeCommandParts,
  id: string,
  file: string,
  version: number | null,
): Promise<number> {
  return withDraft(parts, file, (draft) => actOn(parts, id, { do: 'edit', draft }, version));
}

export async function actOn(
  parts: NoticeCommandParts,
  id: string,
  command: NoticeCommand,
  version: number | null,
): Promise<number> {
  return acted(parts, await parts.desk.act(id, command, parts.by, version));
}

export async function withDraft(
  parts: NoticeCommandParts,
  file: string,
  work: (draft: NoticeDraft) => Promise<number>,
): Promise<number> {
  const { read, wording } = parts;
  const found = await readDraftFile(file, { read, text: wording.text });
  if (found.kind === 'draft') return work(found.draft);
  const detail = sayCommand(wording)('errors.broken');
  return fail(parts, { code: 'draft-unusable', detail, faults: found.faults }, unusableCode);
}

function acted(parts: NoticeCommandParts, outcome: Acted): number {
  if (outcome.kind === 'refused') return refuse(parts, outcome);
  const { notice } = outcome;
  return answer(parts, notice, () => linesText(stateLines(parts, notice)));
}

/** Where the notice stands now, and who goes on with it. */
function stateLines({ wording, sending }: NoticeCommandParts, notice: Notice): readonly string[] {
  const say = sayCommand(wording);
  const { id, version, status, total, schedule } = notice;
  const start = schedule.startAt ?? 'none';
  const state = say(`done.${status.at}`, { id, version, total: total ?? 0, start });
  const goesOut = status.at === 'scheduled' || status.at === 'sending';
  return goesOut ? [state, say(`sending.${sending}`)] : [state];
}
