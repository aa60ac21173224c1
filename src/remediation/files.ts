import type { Remedy } from '../domain/remedy.ts';

export type RemedyFile = { readonly name: string; readonly text: string };

/** Every remedy as files: for regedit, and the three scripts of an Intune remediation. */
export function remedyFiles(remedies: readonly Remedy[]): readonly RemedyFile[] {
  return remedies.flatMap(({ kind, regFile, undoRegFile, intune }, index) => {
    const name = `${index + 1}-${kind}`;
    return [
      ...fileOf(`${name}.reg`, regFile),
      ...fileOf(`${name}-undo.reg`, undoRegFile),
      ...fileOf(`${name}-detect.ps1`, intune.detect),
      ...fileOf(`${name}-remediate.ps1`, intune.remediate),
      ...fileOf(`${name}-undo.ps1`, intune.undo),
    ];
  });
}

function fileOf(name: string, text: string | null): readonly RemedyFile[] {
  return text === null ? [] : [{ name, text }];
}
