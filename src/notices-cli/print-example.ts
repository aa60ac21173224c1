import type { Wording } from '../cards/wording.ts';
import type { PolicyHistory } from '../domain/policy.ts';
import { announcement, draftYaml, exampleDraft, knownLosses } from './example.ts';
import { fail, type Output, unusableCode } from './parts.ts';

/** Prints a draft to begin with, or without a change, what there is to choose from. Needs no database. */
export function printExample(
  change: string | null,
  { history, wording, ...output }: Output & { readonly history: PolicyHistory; readonly wording: Wording },
): number {
  const draft = change === null ? null : exampleDraft(history, change, wording);
  if (draft !== null) {
    output.write(draftYaml(draft, wording.text('notice-commands.example.head'), wording).trimEnd());
    return 0;
  }
  const choices = listChoices(wording, knownLosses(history));
  if (change !== null) {
    const detail = wording.text('notice-commands.errors.no-such-change', { change });
    return fail({ ...output, wording }, { code: 'no-such-change', detail, faults: choices }, unusableCode);
  }
  const head = wording.text('notice-commands.example.choose', { change: announcement });
  for (const line of [head, ...choices]) output.write(line);
  return 0;
}

function listChoices(wording: Wording, losses: ReturnType<typeof knownLosses>): readonly string[] {
  const days = [...new Set(losses.map(({ day }) => day))];
  const namesOn = (on: string) => losses.filter(({ day }) => day === on).map(({ name }) => name);
  return [
    ...days.map((day) =>
      wording.text('notice-commands.example.row', { day, names: namesOn(day).join(', ') }),
    ),
    wording.text('notice-commands.example.announcement'),
  ];
}
