import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

export type WrittenReport = {
  /** `section.key` to value; a key that comes twice fails. */
  readonly values: ReadonlyMap<string, string>;
  /** Title to lines, without the bars. */
  readonly raw: ReadonlyMap<string, readonly string[]>;
};

const endLine = /^=== HANDSHAKE REPORT 1 END lines=(\d+) sha256=([0-9a-f]{64}|unavailable) ===$/;

/** Reads a report as strictly as docs/report-format.md is written. */
export function readWrittenReport(bytes: Buffer): WrittenReport {
  const text = bytes.toString('latin1');
  assert.match(text, /^[\x20-\x7e\r\n]*$/, 'the report is ASCII without tabs');
  assert.ok(text.endsWith('\r\n'));
  const lines = text.slice(0, -2).split('\r\n');
  for (const line of lines)
    assert.equal(line, line.trim().replace(/[\r\n]| {2,}/g, '~'), 'blanks are single');
  assert.equal(lines[0], '=== HANDSHAKE REPORT 1 BEGIN ===');
  const end = endLine.exec(lines.at(-1) ?? '');
  assert.ok(end, `no end line: ${lines.at(-1)}`);
  const body = lines.slice(0, -1);
  assert.equal(Number(end[1]), body.length, 'the end line counts the lines before it');
  if (end[2] !== 'unavailable')
    assert.equal(end[2], hashOf(body), 'the end line has the hash of these lines');
  return readBody(body.slice(1));
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256')
    .update(lines.map((line) => `${line}\r\n`).join(''))
    .digest('hex');
}

function readBody(lines: readonly string[]): WrittenReport {
  const values = new Map<string, string>();
  const raw = new Map<string, string[]>();
  let section = '';
  let open: string[] | null = null;
  for (const line of lines) {
    const title = /^begin raw: (.+)$/.exec(line)?.[1];
    if (title !== undefined) {
      open = [];
      raw.set(title, open);
    } else if (line === 'end raw') {
      open = null;
    } else if (open !== null) {
      assert.ok(line.startsWith('| '), `not a raw line: ${line}`);
      open.push(line.slice(2));
    } else if (/^\[[a-z]+\]$/.test(line)) {
      section = line.slice(1, -1);
    } else {
      const [, key, value] = /^([a-zA-Z0-9.-]+) = (.+)$/.exec(line) ?? assert.fail(`not a line: ${line}`);
      assert.ok(!values.has(`${section}.${key}`), `${section}.${key} comes twice`);
      values.set(`${section}.${key}`, value ?? '');
    }
  }
  return { values, raw };
}
