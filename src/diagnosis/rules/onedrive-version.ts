import { fact, isAbsent, textOf } from '../facts.ts';
import { createRule, outcome } from './rule.ts';
import { sources } from './sources.ts';

/** For the record: no published list says which versions can still sign in. */
export const oneDriveVersion = createRule('onedrive-version', sources.oneDriveNotes, ({ facts }) => {
  const version = fact(facts, 'onedrive.version');
  const program = fact(facts, 'onedrive.program');
  if (isAbsent(program)) return outcome('info', 'not-installed', program);
  if (textOf(version) === null || isAbsent(version)) return outcome('unknown', 'unknown');
  return outcome('info', 'installed', version);
});
