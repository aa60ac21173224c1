import type { Judged } from '../cards/next-step.ts';
import type { Wording } from '../cards/wording.ts';
import { showCheckCode } from '../domain/check-code.ts';
import { type Html, html, nothing } from './html.ts';
import { type Answer, drawPage, type Page } from './page.ts';
import { wordResult } from './result-words.ts';

/** A script as the page links it: its name with the code in it, and the path on this server. */
export type LinkedScript = {
  readonly kind: 'powershell' | 'batch';
  readonly fileName: string;
  readonly path: string;
};

export type Pages = {
  ask(malformed: boolean): Answer;
  /** `problem` says why what was sent is no report. */
  send(
    code: string,
    scripts: readonly LinkedScript[],
    problem: { readonly status: number; readonly text: string } | null,
  ): Answer;
  waiting(tries: number): Answer;
  /** null: the report is kept, and what it showed is only told in the chat. */
  result(result: Judged | null): Answer;
  /** Shown when the form is opened again (200), or sent again (409). */
  used(code: string, status: 200 | 409): Answer;
  /** `toAsk` and `toSend` lead to the other pages from where the browser is. */
  unknown(toAsk: string): Answer;
  busy(): Answer;
  failed(status: 200 | 500, toSend: string): Answer;
};

/** All links are relative: a proxy may serve the bot below a path of its own. */
export function createPages(wording: Wording): Pages {
  const say = (key: string) => wording.text(`upload.${key}`);
  const paragraphs = (key: string) => wording.list(`upload.${key}`).map((line) => html`<p>${line}</p>`);
  const draw = (page: Omit<Page, 'language'>) => drawPage({ language: wording.language, ...page });
  const link = (to: string, text: string) => html`<p><a href="${to}">${text}</a></p>`;
  const tell = (name: string, status: number, last: Html = nothing, rest: Partial<Page> = {}) =>
    draw({
      status,
      title: say(`${name}.title`),
      body: html`${paragraphs(`${name}.lines`)}\n${last}`,
      ...rest,
    });

  return {
    ask: (malformed) => tell('ask', 200, drawAsk(say), { problem: malformed ? say('ask.malformed') : null }),
    send: (code, scripts, problem) =>
      draw({
        status: problem?.status ?? 200,
        title: say('send.title'),
        problem: problem?.text ?? null,
        body: drawSend(wording, code, scripts),
      }),
    waiting(tries) {
      const location = `result?tries=${tries + 1}`;
      return tell('waiting', 200, link(location, say('waiting.link')), { next: { seconds: 2, location } });
    },
    result: (result) =>
      draw({
        status: 200,
        title: say(result === null ? 'received.title' : 'result.title'),
        body: html`${result === null ? nothing : drawResult(wording, result)}
<p><strong>${say('received.back')}</strong> ${say('received.close')}</p>`,
      }),
    used: (code, status) => tell('used', status, link(`${code}/result`, say('used.link'))),
    unknown: (toAsk) => tell('unknown', 404, link(toAsk, say('unknown.link'))),
    busy: () => tell('busy', 429),
    failed: (status, toSend) => tell('failed', status, link(toSend, say('failed.link'))),
  };
}

function drawAsk(say: (key: string) => string): Html {
  return html`<form method="get" action="r">
<p><label for="code">${say('ask.label')}</label>
<input class="code" id="code" name="code" type="text" maxlength="20" autocomplete="off" spellcheck="false" aria-describedby="hint"></p>
<p class="small" id="hint">${say('ask.hint')}</p>
<p><button type="submit">${say('ask.button')}</button></p>
</form>`;
}

function drawSend(wording: Wording, code: string, scripts: readonly LinkedScript[]): Html {
  const say = (key: string) => wording.text(`upload.send.${key}`);
  const lines = (key: string) => wording.list(`upload.send.${key}`).map((line) => html`<p>${line}</p>`);
  const links = scripts.map(
    ({ kind, fileName, path }) => html`<li>${say(kind)}:<br>
<a class="name" href="..${path}">${wording.text('upload.send.download', { name: fileName })}</a><br>
<span class="small">${say(`${kind}-run`)}</span></li>`,
  );
  return html`<p>${wording.text('upload.send.code', { code: showCheckCode(code) })}</p>
<div class="part">
<h2>${say('run')}</h2>
${lines('run-lines')}
<ul>
${links}
</ul>
</div>
<div class="part">
<h2>${say('file')}</h2>
<form method="post" enctype="multipart/form-data" action="${code}">
<label for="file">${say('file-label')}</label>
<input class="file" id="file" name="file" type="file">
<button type="submit">${say('file-button')}</button>
</form>
</div>
<div class="part">
<h2>${say('paste')}</h2>
${lines('paste-lines')}
<form method="post" enctype="multipart/form-data" accept-charset="utf-8" action="${code}">
<label for="text">${say('paste-label')}</label>
<textarea id="text" name="text" rows="8" cols="60" spellcheck="false"></textarea>
<button type="submit">${say('paste-button')}</button>
</form>
</div>
<p class="small">${say('privacy')}</p>`;
}

function drawResult(wording: Wording, result: Judged): Html {
  const { verdict, summary, found, next } = wordResult(wording, result);
  const part = (heading: string, text: string) =>
    html`<h2>${wording.text(`upload.result.${heading}`)}</h2>\n<p>${text}</p>`;
  return html`<div class="part">
<p class="verdict">${verdict}</p>
${summary.map((line) => html`<p>${line}</p>`)}
${found === null ? nothing : part('found', found)}
${part('next', next)}
</div>`;
}
