import { hasMark, mark } from '../marks.ts';

/**
 * Commands that change a setting say what somebody intends, not how the machine is. They may stand in a
 * pasted console between real output, or be the whole text (a hardening script).
 */
const cmdlet = /\b(?:(?:enable|disable)-tls|(?:set|new|remove)-item)/i;
const regCommand = /\breg(?:\.exe)? (?:add|delete|import|load|copy)/i;

/** The line has single blanks; `marks` are those of its characters. */
export function isChange(line: string, marks: number): boolean {
  return (
    (hasMark(marks, mark.hyphen) && cmdlet.test(line)) ||
    (hasMark(marks, mark.letterG) && regCommand.test(line)) ||
    (hasMark(marks, mark.letterV) && /\bsetvalue/i.test(line)) ||
    (hasMark(marks, mark.bracket) && /\[microsoft\.win32/i.test(line))
  );
}

/** `C:\>…` or `PS C:\> …`: a prompt, with or without a command. */
export function isPrompt(line: string): boolean {
  if (!line.includes('>')) return false;
  return /^(?:PS )?[A-Z]:\\[^<>|"]{0,200}>/i.test(line) || /^PS [^<>|"]{0,200}> /.test(line);
}

/** `reg query … /reg:32` shows the 32-bit half under the path of the 64-bit one; only the command tells. */
export function queryView(line: string): 'native' | 'wow64' | null {
  if (!/\breg(?:\.exe)?"? query\b/i.test(line)) return null;
  return /\/reg:32\b/i.test(line) || /\\syswow64\\reg/i.test(line) ? 'wow64' : 'native';
}
