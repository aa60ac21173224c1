import type { Os } from '../domain/os.ts';
import type { Wording } from './wording.ts';

export function nameOs(wording: Wording, os: Os): string {
  return wording.text(`bot.os.${os}`);
}
