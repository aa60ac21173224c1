import type { Os } from '../domain/os.ts';
import { pasteCommand, type Script, type ScriptCatalogue, scriptFor } from './catalogue.ts';

/** The ways in which a script reaches a person, for the system that they have. */
export type Lanes = {
  offersFor(os: Os | null): readonly Offer[];
  /** A line to paste that fetches and runs the script; null where there is none. */
  commandFor(os: Os | null, caseId: string): string | null;
  scriptFor(os: Os | null): Script;
};

export type Offer = Pick<Script, 'kind' | 'fileName' | 'sha256'> & {
  readonly url: string;
  readonly sizeBytes: number;
  readonly recommended: boolean;
};

/** `publicUrl` is the address under which people's browsers reach this server, without a slash at the end. */
export function createLanes(scripts: ScriptCatalogue, publicUrl: string): Lanes {
  const urlOf = (script: Script) => `${publicUrl}${script.path}`;
  return {
    offersFor(os) {
      const recommended = scriptFor(os);
      return Object.values(scripts).map((script) => ({
        kind: script.kind,
        fileName: script.fileName,
        sha256: script.sha256,
        url: urlOf(script),
        sizeBytes: script.size,
        recommended: script.kind === recommended,
      }));
    },
    commandFor(os, caseId) {
      const script = scripts[scriptFor(os)];
      return pasteCommand(script, urlOf(script), caseId);
    },
    scriptFor: (os) => scripts[scriptFor(os)],
  };
}
