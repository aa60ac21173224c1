import assert from 'node:assert/strict';
import { buildReport, systems } from '../diagnosis/report-builder.ts';
import { byPolicy } from '../remediation/everything-off.ts';
import { openChat } from './chat.ts';

describe('a person whose PC only an administrator can mend', () => {
  it('is shown what an administrator can do, and the result stays open to be answered', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Check my PC');
    await chat.says(buildReport(systems['windows-10-22h2'], byPolicy));
    const result = chat.card();
    const shown = await chat.presses('For an administrator');
    const card = shown.at(-1);
    assert.equal(card?.title, 'What an administrator can do');
    assert.match(JSON.stringify(card?.card), /TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384/);
    assert.equal(card?.buttons.size, 0);
    assert.equal(chat.card().id, result.id);
  });

  it('is not offered it where no setting fails', async () => {
    const chat = openChat();
    await chat.says('0x8004de40 windows 10');
    await chat.presses('Check my PC');
    await chat.says(buildReport());
    assert.ok(!chat.card().buttons.has('For an administrator'));
  });
});
