import assert from 'node:assert/strict';
import fc from 'fast-check';
import { html, nothing } from '../../src/upload/html.ts';

describe('text in a page', () => {
  it('stays text, in an element and in an attribute', () => {
    const { markup } = html`<p title="${'"><script>alert(1)</script>'}">${"a < b && c > 'd'"}</p>`;
    assert.equal(
      markup,
      '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">a &lt; b &amp;&amp; c &gt; &#39;d&#39;</p>',
    );
  });

  it('never becomes markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ';', 'a') }), (text) => {
        assert.doesNotMatch(html`${text}`.markup, /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it('is markup where it was made as such, alone or in a list', () => {
    const items = ['a', 'b'].map((name) => html`<li>${name}</li>`);
    assert.equal(html`<ul>${items}</ul>${nothing}`.markup, '<ul><li>a</li>\n<li>b</li></ul>');
  });
});
