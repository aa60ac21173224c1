const title = /={2,3} ?HANDSHAKE NAMES \d{1,4}/i;
/** A line of the list, also where the title was left out: two of them are no chance. */
const entry = /^[^\p{L}\p{N}]{0,20}(?:user|mail|host|domain|tenant|id|sid|ip|token)-\d{1,6} = \S/gmu;

/** True for the list of names that the scripts leave beside the report, which is to stay on the PC. */
export function isNamesFile(text: string): boolean {
  return title.test(text) || [...text.matchAll(entry)].length > 1;
}
