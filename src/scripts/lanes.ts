import { showCheckCode } from '../domain/check-code.ts';
import type { Os } from '../domain/os.ts';
import {
  codedName,
  codedPath,
  pasteCommand,
  rawCommands,
  type Script,
  type ScriptCatalogue,
  scriptFor,
} from './catalogue.ts';
import { qrPicture } from './qr-code.ts';

/** The ways in which a script reaches a person and its report comes back. Codes are the 8 bare characters. */
export type Lanes = {
  offersFor(os: Os | null, code: string): readonly Offer[];
  /** A line to paste that fetches and runs the script; null where there is none. */
  commandFor(os: Os | null, code: string): string | null;
  webLinkFor(code: string): WebLink;
  /** The script under the name that it has for this code. */
  scriptFor(os: Os | null, code: string): Script;
  /** For a PC on which nothing can be fetched or run. */
  commandsByHand(os: Os | null): readonly string[];
};

export type Offer = Pick<Script, 'kind' | 'fileName' | 'sha256'> & {
  readonly url: string;
  readonly sizeBytes: number;
  readonly recommended: boolean;
};

/** The page that takes a report on any device. */
export type WebLink = {
  /** The address to type, which asks for the code. */
  readonly address: string;
  /** The code to type, `ABCD-2345`. */
  readonly code: string;
  /** The address with the code in it. */
  readonly url: string;
  /** The same as a QR code, a PNG in a data URI. */
  readonly picture: string;
};

/** `publicUrl` is the address under which people's browsers reach this server, without a slash at the end. */
export function createLanes(scripts: ScriptCatalogue, publicUrl: string): Lanes {
  return {
    offersFor(os, code) {
      const recommended = scriptFor(os);
      return Object.values(scripts).map((script) => ({
        kind: script.kind,
        fileName: codedName(script.fileName, code),
        sha256: script.sha256,
        url: `${publicUrl}${codedPath(script, code)}`,
        sizeBytes: script.size,
        recommended: script.kind === recommended,
      }));
    },
    commandFor(os, code) {
      const script = scripts[scriptFor(os)];
      return pasteCommand(script, `${publicUrl}${script.path}`, code);
    },
    webLinkFor(code) {
      const address = `${publicUrl}/r`;
      const url = `${address}/${code}`;
      return { address, code: showCheckCode(code), url, picture: qrPicture(url) };
    },
    scriptFor(os, code) {
      const script = scripts[scriptFor(os)];
      return { ...script, fileName: codedName(script.fileName, code) };
    },
    commandsByHand: rawCommands,
  };
}
