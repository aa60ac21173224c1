import assert from 'node:assert/strict';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { createBinder } from '../../src/bot/binding.ts';
import { newConversation } from '../../src/bot/conversation.ts';
import { type Interpreted, interpret } from '../../src/bot/interpret.ts';
import { decode, sniff } from '../../src/diagnosis/decode.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { openCase } from '../../src/domain/case.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import { readIntake } from '../../src/intake/receive.ts';
import { readForm } from '../../src/upload/form.ts';
import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';
import { route } from '../diagnosis/route-builder.ts';
import { formOf } from './page-builder.ts';

const troubles: readonly Changes[] = [
  {},
  { 'schannel.tls12.enabled': '0x0' },
  { 'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'] },
  { 'winhttp.wow64.default-secure-protocols': '0xa0', 'wininet.user.secure-protocols': '0xa0' },
  { 'probe.oneclient.sfx.ms.issuer': 'CN=Fabrikam Web Gateway CA, O=Fabrikam' },
  { 'proxy.user.enabled': '0x1', 'proxy.user.server': 'proxy.fabrikam.example:8080' },
];
const someReport = fc
  .tuple(fc.constantFrom(...Object.values(systems)), fc.constantFrom(...troubles))
  .map((changes) => buildReport(...changes));
const someEncoding = fc.record({
  name: fc.constantFrom('utf8', 'utf16le', 'utf16be'),
  addBOM: fc.boolean(),
});
/** How many lines each message takes; the last one takes the rest. */
const someSizes = fc.array(fc.integer({ min: 5, max: 60 }), { maxLength: 5 });

describe('the same report, through any lane', () => {
  it('gives the same facts, findings and next step: file, web file, web paste, paste in parts', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(someReport, someEncoding, someSizes, async (text, { name, addBOM }, sizes) => {
        const bytes = iconv.encode(text, name, { addBOM });
        const byFile = fromBytes(bytes);
        assert.ok(byFile.facts.length > 10);
        assert.deepEqual(byFile.report, { kind: 'handshake-report', complete: true, flaws: [] });
        assert.deepEqual(
          fromBytes(await sent({ file: new File([Buffer.from(bytes)], 'report.txt') })),
          byFile,
        );
        assert.deepEqual(fromBytes(await sent({ text })), byFile);
        assert.deepEqual(fromMessages(cut(text, sizes)), byFile);
      }),
      { numRuns: 30 },
    );
  });
});

/** The body of a form as the page reads it. */
async function sent(fields: Readonly<Record<string, string | File>>): Promise<Uint8Array> {
  const read = await readForm(await formOf(fields));
  assert.ok(read.kind === 'bytes', read.kind);
  return read.bytes;
}

function fromBytes(bytes: Uint8Array): Diagnosis {
  const read = readIntake(bytes, sniff, decode);
  assert.ok(read.kind === 'text', read.kind);
  return diagnosisIn(take({ kind: 'file', text: read.text, name: '', words: '' }, newConversation()));
}

function fromMessages(messages: readonly string[]): Diagnosis {
  const conversation = newConversation();
  for (const text of messages.slice(0, -1)) {
    const { input, pending } = take({ kind: 'text', text, attached: '' }, conversation);
    assert.equal(input.kind, 'part', text);
    conversation.pending = pending;
  }
  return diagnosisIn(take({ kind: 'text', text: messages.at(-1) ?? '', attached: '' }, conversation));
}

function take(received: Parameters<typeof interpret>[0], conversation: ReturnType<typeof newConversation>) {
  return interpret(received, conversation, openCase('CASE', 'sign-in'), {
    key: 'msteams/chat',
    binder: createBinder('a secret of this test'),
    diagnose: (text) => diagnose(text, { at: '2026-11-24', route: () => route }),
    reportId: 'report',
    withPerson: false,
    reference: { now: '2026-11-24T12:00:00Z', scripts: new Set() },
  });
}

function diagnosisIn({ input }: Interpreted): Diagnosis {
  assert.ok(input.kind === 'report', input.kind);
  return input.examined.diagnosis;
}

/** In messages of so many lines, as people copy them. */
function cut(text: string, sizes: readonly number[]): readonly string[] {
  const lines = text.trim().split('\r\n');
  const messages: string[] = [];
  let from = 0;
  for (const size of sizes) {
    if (from + size >= lines.length - 1) break;
    messages.push(lines.slice(from, from + size).join('\n'));
    from += size;
  }
  return [...messages, lines.slice(from).join('\n')];
}
