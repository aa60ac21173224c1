import type { Os } from '../domain/os.ts';
import type { Binding } from '../domain/press.ts';
import type { Card } from './card.ts';
import { buttonsOf, type Kit } from './kit.ts';
import { nameOs } from './os-name.ts';
import { linkText } from './text.ts';

export type ReportCards = {
  script(binding: Binding, about: ShownScript): Card;
  /** Parts of a report came in by paste, and its end is still missing. */
  pasteMore(binding: Binding, about: { readonly received: number }): Card;
};

/** A script as it is offered for download; the fingerprint is hexadecimal. */
export type ScriptOffer = {
  readonly kind: 'powershell' | 'batch';
  readonly fileName: string;
  readonly url: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly recommended: boolean;
};

/** The page that takes a report: its address, the code to type there, both in one link, and that as a picture. */
export type ShownWebLink = {
  readonly address: string;
  readonly code: string;
  readonly url: string;
  readonly picture: string;
};

export type ShownScript = {
  readonly offers: readonly ScriptOffer[];
  /** A line that fetches and runs the script, null where there is none. */
  readonly command: string | null;
  readonly webLink: ShownWebLink;
  readonly os: Os | null;
  /** False where the channel cannot send files. */
  readonly canSendFile: boolean;
};

export function createReportCards(kit: Kit): ReportCards {
  return {
    script: (binding, about) => scriptCard(kit, binding, about),
    pasteMore: (binding, about) => pasteMoreCard(kit, binding, about),
  };
}

function scriptCard(kit: Kit, binding: Binding, about: ShownScript): Card {
  const { offers, command, os, canSendFile, webLink } = about;
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  const [first, ...others] = [...offers].sort((a, b) => Number(b.recommended) - Number(a.recommended));
  return draw('script', {
    eyebrow:
      os === null || os === 'unknown' ? null : wording.text('bot.script.for', { os: nameOs(wording, os) }),
    title: wording.text('bot.script.title'),
    lines: wording.list('bot.script.lines'),
    steps: wording.list('bot.script.steps'),
    lanes: lanesBack(kit, webLink),
    files: [...(first === undefined ? [] : [first]), ...others].map((offer) =>
      describeOffer(kit, offer, offer !== first),
    ),
    commands: command === null ? [] : [{ label: wording.text('bot.script.command'), text: command }],
    downloads: first === undefined ? [] : [{ title: wording.text('bot.buttons.download'), url: first.url }],
    buttons: [
      ...(canSendFile ? [add('send-file')] : []),
      add('by-hand'),
      add('choose-guide'),
      add('back'),
      add('person'),
    ],
  });
}

/** Three ways back, of equal rank: the file, the web page, the paste. */
function lanesBack({ wording }: Kit, webLink: ShownWebLink): readonly Readonly<Record<string, unknown>>[] {
  const { address, code, url, picture } = webLink;
  const open = linkText(wording.text('bot.script.lanes.web.link'), url);
  const web = [{ address, code, codeLabel: wording.text('bot.script.lanes.web.code'), open, picture }];
  return ['file', 'web', 'paste'].map((lane) => ({
    name: wording.text(`bot.script.lanes.${lane}.title`),
    text: wording.text(`bot.script.lanes.${lane}.text`),
    web:
      lane === 'web' ? web.map((link) => ({ ...link, alt: wording.text('bot.script.lanes.web.alt') })) : [],
  }));
}

/** The first script has the card's button; the others are links, so that the buttons stay few. */
function describeOffer(
  { wording }: Kit,
  offer: ScriptOffer,
  linked: boolean,
): Readonly<Record<string, unknown>> {
  const { kind, fileName, sizeBytes, sha256, url } = offer;
  const size = nameSize(wording.language, sizeBytes);
  const detail = [
    `${wording.text(`bot.script.kinds.${kind}`, { size })}.`,
    ...(linked ? [wording.text('bot.script.other')] : []),
    wording.text(`bot.script.run.${kind}`),
  ];
  const link = linkText(wording.text('bot.script.download', { name: fileName }), url);
  return {
    name: fileName,
    detail: detail.join(' '),
    links: linked ? [link] : [],
    fingerprintLabel: wording.text('bot.script.fingerprint'),
    fingerprint: sha256,
  };
}

function nameSize(language: string, bytes: number): string {
  const kilobytes = bytes / 1_000;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: kilobytes < 1 ? 'byte' : 'kilobyte',
    unitDisplay: kilobytes < 1 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(kilobytes < 1 ? bytes : kilobytes);
}

function pasteMoreCard(kit: Kit, binding: Binding, { received }: { readonly received: number }): Card {
  const { wording, draw } = kit;
  const add = buttonsOf(kit, binding);
  return draw('paste-more', {
    title: wording.text('bot.paste-more.title', { received }),
    lines: wording.list('bot.paste-more.lines'),
    buttons: [add('pasted-all'), add('back'), add('person')],
  });
}
