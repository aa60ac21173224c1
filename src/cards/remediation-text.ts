import type { RegistryData, Remedy } from '../domain/remedy.ts';
import type { Wording } from './wording.ts';

/** A heading, and lines that can be copied; `code` ones as they stand. */
export type RemedyPart = {
  readonly label: string;
  readonly lines: readonly string[];
  readonly code: boolean;
};

/** Everything that a remedy consists of, in the order in which it is used. */
export function partsOf(wording: Wording, remedy: Remedy): readonly RemedyPart[] {
  const label = (name: string) => wording.text(`remediation.labels.${name}`);
  const { policyPath, commands, undoCommands, intune } = remedy;
  const code = (name: string, lines: readonly string[]): RemedyPart => ({
    label: label(name),
    lines,
    code: true,
  });
  const file = (name: string, text: string | null) => (text === null ? [] : [code(name, linesOf(text))]);
  return [
    { label: label('policy'), lines: [policyPath, ...remarksOn(wording, remedy)], code: false },
    ...foundBefore(wording, remedy),
    code(intune.runAs === 'user' ? 'person-commands' : 'commands', commands),
    code('undo', undoCommands),
    ...file('reg-file', remedy.regFile),
    ...file('undo-reg-file', remedy.undoRegFile),
    ...file('detect', intune.detect),
    ...file('remediate', intune.remediate),
    ...file('undo-script', intune.undo),
  ];
}

/** The remedies as text for a terminal. */
export function remediationText(wording: Wording, remedies: readonly Remedy[]): string {
  if (remedies.length === 0) return wording.text('remediation.nothing');
  return [
    wording.text('remediation.title'),
    wording.text('remediation.intro', { count: remedies.length }),
    ...remedies.flatMap((remedy, index) => [
      '',
      `${index + 1}. ${wording.text(`remediation.kinds.${remedy.kind}`)}`,
      ...partsOf(wording, remedy).flatMap(({ label, lines }) => [
        '',
        label,
        ...lines.map((line) => `  ${line}`),
      ]),
    ]),
  ].join('\n');
}

function remarksOn(wording: Wording, { kind, intune }: Remedy): readonly string[] {
  return [
    ...(kind.endsWith('-policy') ? [wording.text('remediation.overrides')] : []),
    ...(intune.runAs === 'user' ? [wording.text('remediation.person')] : []),
  ];
}

function foundBefore(wording: Wording, { registry }: Remedy): readonly RemedyPart[] {
  if (registry.length === 0) return [];
  const lines = registry.map(
    ({ path, name, undo }) =>
      `${path}\\${name} = ${undo === null ? wording.text('remediation.absent') : spell(undo)}`,
  );
  return [{ label: wording.text('remediation.labels.found'), lines, code: true }];
}

function spell({ value }: RegistryData): string {
  return typeof value === 'number'
    ? `0x${value.toString(16)}`
    : typeof value === 'string'
      ? value
      : value.join(', ');
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\r\n');
}
