import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Html, html, nothing } from './html.ts';

/** What a browser gets. `location` is relative to the address that was asked for. */
export type Answer =
  | { readonly kind: 'page'; readonly status: number; readonly html: string; readonly headers: Headers }
  | { readonly kind: 'redirect'; readonly location: string };

type Headers = Readonly<Record<string, string>>;

export type Page = {
  readonly status: number;
  readonly language: string;
  readonly title: string;
  /** In the title too, where a screen reader begins. */
  readonly problem?: string | null;
  readonly body: Html;
  /** Loads the address, relative to this one, after some seconds. */
  readonly next?: { readonly seconds: number; readonly location: string };
};

const style = readFileSync(new URL('page.css', import.meta.url), 'utf8')
  .replace(/\r\n/g, '\n')
  .trim();

/**
 * Nothing from elsewhere, no scripts, no frames; forms go nowhere but here. The style is in the page, so that one
 * request is all it takes, and is allowed by its hash.
 */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const headers: Headers = {
  'Content-Security-Policy': policy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
};

/** Plain HTML that the browser of Windows 7 shows as it is meant, too. */
export function drawPage({ status, language, title, problem = null, body, next }: Page): Answer {
  const refresh =
    next === undefined
      ? nothing
      : html`<meta http-equiv="refresh" content="${next.seconds};url=${next.location}">`;
  const alert = problem === null ? nothing : html`<div class="problem" role="alert"><p>${problem}</p></div>`;
  const { markup } = html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>${problem === null ? title : `${problem} ${title}`}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<div class="page" role="main">
<h1>${title}</h1>
${alert}
${body}
</div>
</body>
</html>
`;
  return { kind: 'page', status, html: `<!DOCTYPE html>\n${markup}`, headers };
}
