import assert from 'node:assert/strict';
import { requestTracker } from '../../src/helpdesk/connectors/request-tracker.ts';
import { textOfHtml } from '../../src/helpdesk/html-text.ts';

describe('The settings of Request Tracker', () => {
  const right = {
    HELPDESK_RT_URL: 'https://desk.example/rt',
    HELPDESK_RT_TOKEN: '1-14-0123456789abcdef0123456789abcdef',
    HELPDESK_RT_QUEUE: 'IT Support',
  };
  const tools = { allowLoopback: false, secret: 'a'.repeat(32), text: (key: string) => key };
  const wrongOf = (given: Readonly<Record<string, string>>) => {
    const made = requestTracker.make({ ...right, ...given }, tools);
    return made.kind === 'wrong' ? made.problems.map(({ setting }) => setting) : made.kind;
  };

  it('are an address, a token and a queue', () => {
    assert.equal(wrongOf({}), 'made');
  });

  for (const [setting, value] of [
    ['HELPDESK_RT_URL', 'http://desk.example/rt'],
    ['HELPDESK_RT_TOKEN', 'my-password'],
    ['HELPDESK_RT_QUEUE', 'IT/Support'],
    ['HELPDESK_RT_REQUESTOR', 'somebody'],
  ] as const) {
    it(`take no ${setting} such as ${value}`, () => {
      assert.deepEqual(wrongOf({ [setting]: value }), [setting]);
    });
  }
});

describe('HTML from an editor becomes text', () => {
  for (const [html, text] of [
    [
      '<p>Turn <b>TLS 1.2</b> on &ndash; now.</p>\n<p>Then restart.</p>',
      'Turn TLS 1.2 on – now.\nThen restart.',
    ],
    ['a<br />b<br>c', 'a\nb\nc'],
    ['1 &lt; 2 &amp;&nbsp;&#8211;&#x2013;', '1 < 2 & ––'],
    ['&amp;lt; &zig;', '&lt; &zig;'],
    ['Gr&uuml;&szlig;e, &Auml;rger, &yuml;', 'Grüße, Ärger, ÿ'],
  ] as const) {
    it(`${html.slice(0, 20)}…`, () => assert.equal(textOfHtml(html), text));
  }
});
