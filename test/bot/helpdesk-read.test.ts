import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { readDesk } from '../../src/bot/helpdesk/read.ts';

const channel = '19:c@thread.tacv2';
const bot = { id: '28:bot', name: 'Handshake' };
const toBot = { type: 'mention', mentioned: bot, text: '<at>Handshake</at>' };

function activity(parts: object): Activity {
  return {
    ...{ type: 'message', id: '50', from: { id: '29:ana', name: 'Ana' }, recipient: bot },
    conversation: { id: `${channel};messageid=7` },
    ...parts,
  } as unknown as Activity;
}

const said = (text: string, parts: object = {}) => readDesk(activity({ text, ...parts }));
const mentioned = (text: string) => said(`<at>Handshake</at> ${text}`, { entities: [toBot] });
const textOf = (input: ReturnType<typeof readDesk>) => ('text' in input ? input.text : null);

describe('What comes from the channel of the helpdesk', () => {
  it('is a line for the person, in a thread', () => {
    assert.deepEqual(said('Which proxy?'), {
      ...{ kind: 'line', root: '7', text: 'Which proxy?', files: [], mentioned: false },
    });
  });

  it('is a command with a mention of the bot and the word for it', () => {
    for (const [text, command, words] of [
      ['take', 'take', ''],
      ['Solve: it works', 'solve', 'it works'],
      ['back please go on', 'back', 'please go on'],
      ['assign Bo', 'assign', 'Bo'],
      ['QUEUE', 'queue', ''],
    ] as const) {
      assert.deepEqual(mentioned(text), { kind: 'command', root: '7', command, text: words });
    }
  });

  it('is no command when the sentence only begins like one', () => {
    assert.equal(mentioned('take the cable out first').kind, 'line');
    assert.equal(said('take').kind, 'line');
  });

  it('does not concern the bot outside of threads, unless it is spoken to', () => {
    const root = { conversation: { id: `${channel};messageid=50` } };
    assert.equal(said('lunch?', root).kind, 'nothing');
    const asked = said('<at>Handshake</at> hello', { ...root, entities: [toBot] });
    assert.deepEqual(asked, { kind: 'command', root: null, command: 'help', text: '' });
  });

  it('names its thread apart from the conversation where Teams does so', () => {
    const apart = said('hi', { conversation: { id: channel }, channelData: { thread: { id: '9' } } });
    assert.equal(apart.kind === 'line' && apart.root, '9');
  });

  it('is never what the bot said itself', () => {
    assert.equal(said('Ada: hello', { from: bot }).kind, 'nothing');
  });

  it('reads as it was written: mentions by name, markup as text', () => {
    const bo = { type: 'mention', mentioned: { id: '29:bo', name: 'Bo' }, text: '<at>Bo</at>' };
    assert.equal(textOf(said('<at>Bo</at>&nbsp;look', { entities: [bo] })), 'Bo look');
    const markup = '<p>first &lt;b&gt;</p><div>second&#33;</div><script>x</script>';
    assert.equal(textOf(said(markup, { textFormat: 'xml' })), 'first <b>\nsecond!\nx');
    assert.equal(textOf(said('a < b > c')), 'a < b > c');
  });

  it('names files, with a link where one can be opened', () => {
    const input = said('see', {
      attachments: [
        { contentType: 'text/html', content: '<p>see</p>' },
        {
          contentType: 'reference',
          name: 'guide.docx',
          contentUrl: 'https://contoso.sharepoint.com/guide.docx',
        },
        { contentType: 'image/png', contentUrl: 'https://smba.example/v3/attachments/1' },
      ],
    });
    assert.deepEqual(input.kind === 'line' && input.files, [
      { name: 'guide.docx', link: 'https://contoso.sharepoint.com/guide.docx' },
      { name: 'image/png', link: null },
    ]);
  });

  it('is an edit or a deletion of the message with that id', () => {
    assert.deepEqual(readDesk(activity({ type: 'messageUpdate', text: 'new' })), {
      ...{ kind: 'edited', activityId: '50', text: 'new' },
    });
    assert.deepEqual(readDesk(activity({ type: 'messageDelete' })), { kind: 'deleted', activityId: '50' });
  });

  it('is a press with what was filled in for it, or a forged one', () => {
    const press = { agent: 'solve', ticket: 'HS-1', version: 2, seal: 's', solve: ' TLS ', reply: 'no' };
    assert.deepEqual(readDesk(activity({ value: press })), {
      ...{ kind: 'pressed', root: '7', action: 'solve', ticket: 'HS-1', seal: 's', text: 'TLS' },
    });
    for (const value of [{}, { ...press, agent: 'delete' }, { press: 'person', binding: 'x' }, 'take']) {
      assert.equal(readDesk(activity({ value })).kind, 'forged');
    }
  });
});
