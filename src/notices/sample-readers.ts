import type { ImpactClass, Notice } from '../domain/notice.ts';
import { hasAudience } from '../domain/notice-check.ts';
import type { NoticeDesk } from './notice-desk.ts';
import { GroupUnavailable, type Recipient } from './people.ts';

/** Whose PC and name a preview of a class shows; no name is that of somebody made up. */
export type SampleReader = {
  readonly impact: ImpactClass;
  readonly cause: string | null;
  readonly os: string | null;
  readonly name: string | null;
  readonly timeZone: string | null;
};

const anybody = { name: null, timeZone: null };

/** Made up: each class has something of its own to tell. */
const madeUp: Readonly<Record<ImpactClass, SampleReader>> = {
  'will-break': { ...anybody, impact: 'will-break', cause: 'cipher-suites', os: 'windows-10' },
  'at-risk': { ...anybody, impact: 'at-risk', cause: 'cipher-order', os: 'windows-10' },
  fine: { ...anybody, impact: 'fine', cause: null, os: 'windows-11' },
  unknown: { ...anybody, impact: 'unknown', cause: null, os: null },
};

/** Somebody of each class in the audience; made up where there is nobody yet, or nobody knows. */
export async function sampleReaders(
  desk: Pick<NoticeDesk, 'dryRun'>,
  notice: Pick<Notice, 'subject' | 'audience' | 'mandatory'>,
): Promise<Readonly<Record<ImpactClass, SampleReader>>> {
  const found = (await sampleOf(desk, notice)).map(readerOf);
  return { ...madeUp, ...Object.fromEntries(found.reverse().map((reader) => [reader.impact, reader])) };
}

async function sampleOf(
  desk: Pick<NoticeDesk, 'dryRun'>,
  { subject, audience, mandatory }: Pick<Notice, 'subject' | 'audience' | 'mandatory'>,
): Promise<readonly Recipient[]> {
  if (!hasAudience(audience)) return [];
  try {
    return (await desk.dryRun(subject, audience, mandatory !== null)).sample;
  } catch (error) {
    if (error instanceof GroupUnavailable) return [];
    throw error;
  }
}

function readerOf({ impact, cause, os, person }: Recipient): SampleReader {
  return { impact, cause, os, name: person.name, timeZone: person.timeZone };
}
