import { loadWording, type Wording } from './cards/wording.ts';
import { readConfig } from './config.ts';
import { readPeopleList } from './notices/people-list.ts';
import type { PeopleStore } from './notices/people-store.ts';
import { openDatabase } from './storage/connection.ts';
import { createPeopleStore } from './storage/people-store.ts';
import { readTextFile } from './text-file.ts';

type Write = (line: string) => void;
/** Problems that are shown; a list with the wrong column has one in each line. */
const mostShown = 20;
/** Bytes; some hundred thousand people. */
const longestList = 50 * 1024 * 1024;

/** `handshake people import`. Returns the exit code: 0, or 2 where the file cannot be taken. */
export async function importPeople(
  file: string,
  keep: PeopleStore['keepListed'],
  { text: word }: Pick<Wording, 'text'>,
  { write, writeError }: { readonly write: Write; readonly writeError: Write },
): Promise<number> {
  const found = await readTextFile(file, longestList);
  if (found.kind !== 'text') {
    writeError(word(`people.import.${found.kind}`, { file }));
    return 2;
  }
  const list = readPeopleList(found.text);
  if (list.kind === 'broken') {
    writeError(word('people.import.broken', { file }));
    for (const problem of list.problems.slice(0, mostShown)) {
      writeError(word(`people.import.problem.${problem.why}`, { file, ...problem }));
    }
    const count = list.problems.length - mostShown;
    if (count > 0) writeError(word('people.import.more', { count }));
    return 2;
  }
  const added = await keep(list.people);
  write(word('people.import.done', { count: list.people.length, added }));
  return 0;
}

/** What the command works with. The embedded database has one process at a time. */
export async function withPeople(
  env: Readonly<Record<string, string | undefined>>,
  work: (people: PeopleStore, wording: Wording) => Promise<number>,
): Promise<number> {
  const database = await openDatabase(readConfig(env).databaseUrl);
  try {
    return await work(createPeopleStore(database), loadWording('en'));
  } finally {
    await database.close();
  }
}
