import assert from 'node:assert/strict';
import { createMailProof } from '../../src/helpdesk/connectors/email-proof.ts';
import { readReply } from '../../src/helpdesk/connectors/email-reply.ts';

const own = 'bot@example.org';
const proof = createMailProof('a secret', 'example.org');
const root = proof.messageId('HS-41', null);
const tag = proof.subjectTag('HS-41');

describe('An answer by mail', () => {
  it('is known by the mail that it refers to', async () => {
    const news = await read(mail({ References: `<other@desk.example> ${root}` }));
    assert.deepEqual(news, {
      id: '<a-1@desk.example>',
      ticketId: 'HS-41',
      remoteId: 'HS-41',
      by: 'Grace Example',
      what: { kind: 'comment', text: 'Please restart – now.' },
    });
  });

  it('is known by the mail that it answers, and by any later one of the thread', async () => {
    assert.equal((await read(mail({ 'In-Reply-To': root })))?.ticketId, 'HS-41');
    const line = proof.messageId('HS-41', 'HS-41/3/1');
    assert.equal((await read(mail({ 'In-Reply-To': line })))?.ticketId, 'HS-41');
  });

  it('is known by its subject, where a program keeps no references', async () => {
    assert.equal((await read(mail({ Subject: `AW: ${tag} OneDrive` })))?.ticketId, 'HS-41');
  });

  it('goes by the address of whoever has no name', async () => {
    const news = await read(mail({ 'In-Reply-To': root, From: 'grace@desk.example' }));
    assert.equal(news?.by, 'grace');
  });

  const others: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['of a stranger, who knows only the number', { Subject: 'Re: [HS-41] OneDrive' }],
    ['with a proof of another ticket', { Subject: tag.replace('HS-41', 'HS-42') }],
    ['with a proof of the other kind', { Subject: `[HS-41 #${/=([0-9a-f]{20})@/.exec(root)?.[1]}]` }],
    [
      'with a proof of another installation',
      { 'In-Reply-To': createMailProof('x', 'e').messageId('HS-41', null) },
    ],
    ['of the bot itself', { 'In-Reply-To': root, From: 'Handshake <BOT@example.org>' }],
    ['that is an absence note', { 'In-Reply-To': root, 'Auto-Submitted': 'auto-replied' }],
    ['that is an absence note of Exchange', { 'In-Reply-To': root, 'X-Auto-Response-Suppress': 'All' }],
    ['that is a bounce', { 'In-Reply-To': root, 'Return-Path': '<>' }],
    ['that is a report on delivery', { 'In-Reply-To': root, 'Content-Type': 'multipart/report; boundary=b' }],
    ['to many', { 'In-Reply-To': root, Precedence: 'bulk' }],
    ['without a sender', { 'In-Reply-To': root, From: '' }],
  ];
  for (const [what, headers] of others) {
    it(`counts for nothing: one ${what}`, async () => assert.equal(await read(mail(headers)), null));
  }

  it('of a program that says "Auto-Submitted: no" counts', async () => {
    assert.notEqual(await read(mail({ 'In-Reply-To': root, 'Auto-Submitted': 'no' })), null);
  });

  it('that says nothing counts for nothing', async () => {
    assert.equal(await read(mail({ 'In-Reply-To': root }, '> Hello\n')), null);
  });

  it('that is no mail at all harms nobody', async () => {
    assert.equal(await read('\0\0\0'), null);
  });

  it('in HTML alone is read as text', async () => {
    const headers = { 'In-Reply-To': root, 'Content-Type': 'text/html; charset=utf-8' };
    const news = await read(
      mail(headers, '<head><style>p { color: red }</style></head><p>Please <b>restart</b>.</p>'),
    );
    assert.deepEqual(news?.what, { kind: 'comment', text: 'Please restart.' });
  });
});

function read(raw: string) {
  const source = Buffer.from(raw);
  return readReply({ uid: '1:1', source }, { proof, own, marker: '##- above -##' });
}

function mail(headers: Readonly<Record<string, string>>, text = 'Please restart – now.\n'): string {
  const all = {
    From: 'Grace Example <grace@desk.example>',
    To: own,
    'Message-ID': '<a-1@desk.example>',
    Subject: 'Re: OneDrive',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', text].join('\r\n');
}
