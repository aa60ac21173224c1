import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addPaste, type PendingPaste, pastedSoFar } from '../../src/intake/paste.ts';

const body = [
  '[report]',
  'format = handshake-report 1',
  '[schannel]',
  'tls12.enabled = 1',
  'tls11.enabled = absent',
  '[suites]',
  'begin raw: Get-TlsCipherSuite',
  '| TLS_AES_128_GCM_SHA256',
  '| TLS_RSA_WITH_NULL_SHA256',
  'end raw',
];
const report = lines('=== HANDSHAKE REPORT 1 BEGIN ===', ...body, endMarker(body.length + 1));
const all = report.split('\r\n');

describe('a report pasted in one message', () => {
  it('is complete when it runs from BEGIN to END', () => {
    assert.deepEqual(addPaste(null, report), { kind: 'complete', text: report });
  });

  it('is complete with hard blanks and markup from the chat around it', () => {
    const altered = `<at>Handshake</at> ${report.replaceAll(' ', '\u00a0')}`;
    assert.deepEqual(addPaste(null, altered), { kind: 'complete', text: altered });
  });

  it('replaces parts that were pasted before it', () => {
    assert.deepEqual(paste([part(0, 4), report]), { kind: 'complete', text: report });
  });
});

describe("a tool's own output", () => {
  for (const output of [
    '  AzureAdJoined : YES\n  DomainJoined : NO',
    'TLS_AES_256_GCM_SHA384\nTLS_AES_128_GCM_SHA256',
  ]) {
    it(`is complete by itself: ${JSON.stringify(output)}`, () => {
      assert.deepEqual(addPaste(null, output), { kind: 'complete', text: output });
    });
  }
});

describe('a report pasted in several messages', () => {
  it('is waited for until its END line', () => {
    const first = addPaste(null, part(0, 4));
    assert.ok(first.kind === 'more');
    assert.equal(first.received, 1);
    const second = addPaste(first.pending, part(4, 8));
    assert.ok(second.kind === 'more');
    assert.equal(second.received, 2);
    assert.deepEqual(linesOf(addPaste(second.pending, part(8))), all);
  });

  it('takes lines once that two messages share', () => {
    assert.deepEqual(linesOf(paste([part(0, 6), part(4)])), all);
    assert.deepEqual(linesOf(paste([part(0, 6), part(5, 9), part(7)])), all);
  });

  it('keeps equal lines where the END line counts both', () => {
    const twice = ['| TLS_AES_128_GCM_SHA256', '| TLS_AES_128_GCM_SHA256'];
    const parts = [
      lines('=== HANDSHAKE REPORT 1 BEGIN ===', 'begin raw: x', twice[0] ?? ''),
      lines(twice[1] ?? '', endMarker(4)),
    ];
    assert.equal(linesOf(paste(parts)).filter((line) => line === twice[0]).length, 2);
  });

  it('is put in order when END comes before BEGIN', () => {
    assert.deepEqual(linesOf(paste([part(7), part(0, 7)])), all);
  });

  it('waits for the middle when END came before BEGIN and lines are missing', () => {
    const two = paste([part(8), part(0, 4)]);
    assert.ok(two.kind === 'more');
    assert.deepEqual(linesOf(addPaste(two.pending, part(4, 8))), all);
  });

  it('may begin with a middle part', () => {
    assert.deepEqual(linesOf(paste([part(3, 8), part(0, 3), part(8)])), all);
  });

  it('leaves out a message that came twice', () => {
    const twice = paste([part(0, 4), part(4, 8), part(4, 8)]);
    assert.ok(twice.kind === 'more');
    assert.equal(twice.received, 2);
  });

  it('leaves out small talk between the parts', () => {
    assert.deepEqual(linesOf(paste([part(0, 6), 'and here comes the rest', part(6)])), all);
  });

  it('starts anew with a second BEGIN', () => {
    const other = part(0, 4).replace('tls12.enabled = 1', 'tls12.enabled = 0');
    const anew = paste([other, part(0, 6)]);
    assert.ok(anew.kind === 'more');
    assert.deepEqual(anew.pending.parts, [part(0, 6)]);
  });

  it('is told as far as it came, for a person who has no more', () => {
    const pending: PendingPaste = { parts: [part(4, 8), part(0, 4)], changed: false };
    assert.deepEqual(pastedSoFar(pending).split(/\r?\n/), all.slice(0, 8));
  });

  it('survives being stored as JSON between the messages', () => {
    const first = addPaste(null, part(0, 4));
    assert.ok(first.kind === 'more');
    assert.deepEqual(JSON.parse(JSON.stringify(first.pending)), first.pending);
  });

  it('ends at 512 KiB, whether or not END came', () => {
    const long = '| x'.padEnd(300_000, 'y');
    const full = paste([part(0, 4), long, `${long}z`]);
    assert.ok(full.kind === 'complete');
    assert.equal(full.text.length, 512 * 1024);
  });

  it('comes out whole wherever it is cut between lines, with parts that overlap or not', () => {
    const cut = fc.integer({ min: 1, max: all.length - 1 });
    fc.assert(
      fc.property(cut, fc.nat(3), (at, overlap) => {
        assert.deepEqual(linesOf(paste([part(0, at), part(Math.max(1, at - overlap))])), all);
      }),
    );
  });
});

function paste(messages: readonly string[]) {
  let pending: PendingPaste | null = null;
  for (const message of messages.slice(0, -1)) {
    const result = addPaste(pending, message);
    assert.ok(result.kind === 'more', `more is awaited after ${message}`);
    pending = result.pending;
  }
  return addPaste(pending, messages.at(-1) ?? '');
}

function part(from: number, to?: number): string {
  return lines(...all.slice(from, to));
}

function lines(...texts: readonly string[]): string {
  return texts.join('\r\n');
}

function linesOf(result: ReturnType<typeof addPaste>): readonly string[] {
  assert.ok(result.kind === 'complete', 'the report is complete');
  return result.text.split(/\r?\n/);
}

function endMarker(count: number): string {
  return `=== HANDSHAKE REPORT 1 END lines=${count} sha256=unavailable ===`;
}
