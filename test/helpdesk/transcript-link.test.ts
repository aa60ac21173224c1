import assert from 'node:assert/strict';
import { openTranscriptToken, transcriptToken } from '../../src/helpdesk/transcript-link.ts';

const now = new Date('2026-11-24T12:00:00.000Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('The link to a transcript', () => {
  const token = transcriptToken('secret', 'HS-1', now);

  it('opens the one ticket, for a quarter of an hour', () => {
    assert.equal(openTranscriptToken('secret', token, later(14)), 'HS-1');
    assert.equal(openTranscriptToken('secret', token, later(15)), null);
  });

  it('opens nothing when anything of it was changed', () => {
    const [id, expires, mac] = token.split('.') as [string, string, string];
    const forged = [
      `HS-2.${expires}.${mac}`,
      `${id}.${Number(expires) + 1}.${mac}`,
      `${id}.${expires}.${mac.slice(1)}`,
      `${token}.x`,
      '',
      '..',
    ];
    for (const one of forged) assert.equal(openTranscriptToken('secret', one, now), null, one);
    assert.equal(openTranscriptToken('another', token, now), null);
  });
});
