import type { Logger } from 'pino';
import type { Judged } from '../cards/next-step.ts';
import type { Wording } from '../cards/wording.ts';
import { readCheckCode } from '../domain/check-code.ts';
import { type Form, readForm, type Sent } from './form.ts';
import { createGuard, type UploadLimits, usualLimits } from './limits.ts';
import type { Answer } from './page.ts';
import { createPages, type LinkedScript } from './pages.ts';

/** A code as it was handed out. */
export type FoundCode = { readonly caseId: string; readonly expiresAt: Date; readonly used: boolean };

export type ReadUpload =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-report'; readonly problem: string };

export type UploadDependencies<Code extends FoundCode> = {
  readonly wording: Wording;
  readonly findCode: (code: string) => Promise<Code | null>;
  /** The text that bytes hold, or why they are no report. */
  readonly read: (bytes: Uint8Array) => ReadUpload;
  /** True when anything of the text can be judged. */
  readonly isReport: (text: string) => boolean;
  /** The chat's words on why something is no report. */
  readonly noReport: (problem: string) => string;
  /** Resolves once the report is kept; called at most once at a time for a code, and again after a failure. */
  readonly takeReport: (found: Code, code: string, text: string) => Promise<void>;
  /** What the last report of a case came to; null when there is none. */
  readonly resultOf: (caseId: string) => Promise<Judged | null>;
  readonly scriptsFor: (code: string) => readonly LinkedScript[];
  readonly now: () => Date;
  /** Nothing of what was sent gets in here. */
  readonly log: Pick<Logger, 'error'>;
  readonly limits?: UploadLimits;
  readonly patienceMs?: number;
};

/** The page that takes a report. `from` is the address of whoever asks. */
export type Upload = {
  /** `r`: asks for the code, or leads to its page. */
  ask(from: string, typed: string | null): Promise<Answer>;
  /** `r/CODE` */
  open(from: string, given: string): Promise<Answer>;
  /** A form sent to `r/CODE`. */
  take(from: string, given: string, form: Form): Promise<Answer>;
  /** `r/CODE/result`; `tries` counts how often the browser has come to see. */
  result(from: string, given: string, tries: number): Promise<Answer>;
};

/** Milliseconds that a browser is kept before it is shown the page that looks again by itself. */
const patience = 4_000;
/** Looks in vain, 2 s apart, after which the report counts as lost. */
const mostTries = 20;

export function createUpload<Code extends FoundCode>(deps: UploadDependencies<Code>): Upload {
  const guard = createGuard(deps.limits ?? usualLimits);
  const pages = createPages(deps.wording);

  /** Goes on with a code that works; strangers cannot tell a code that ran out from one that never was. */
  async function withCode(
    {
      from,
      given,
      toAsk = '../r',
    }: { readonly from: string; readonly given: string; readonly toAsk?: string },
    go: (code: string, found: Code) => Promise<Answer> | Answer,
  ): Promise<Answer> {
    if (!(await guard.mayAsk(from))) return pages.busy();
    const code = readCheckCode(given);
    try {
      const found = code === null ? null : await deps.findCode(code);
      if (code !== null && found !== null && found.expiresAt > deps.now()) return await go(code, found);
    } catch (error) {
      deps.log.error({ err: error }, 'page for reports failed');
      return pages.failed(500, '');
    }
    await guard.countWrongCode(from);
    return pages.unknown(toAsk);
  }

  async function keep(code: string, found: Code, form: Form): Promise<Answer> {
    const read = readSent(await readForm(form), deps);
    if (read.kind === 'problem') return pages.send(code, deps.scriptsFor(code), read);
    const kept = deps.takeReport(found, code, read.text).then(
      () => true,
      () => false,
    );
    const inTime = await settledWithin(kept, deps.patienceMs ?? patience);
    return inTime === false ? pages.failed(500, code) : { kind: 'redirect', location: `${code}/result` };
  }

  return {
    async ask(from, typed) {
      if (typed === null) return pages.ask(false);
      const code = readCheckCode(typed);
      if (code === null) return pages.ask(true);
      return (await guard.mayAsk(from)) ? { kind: 'redirect', location: `r/${code}` } : pages.busy();
    },
    open: (from, given) =>
      withCode({ from, given }, (code, { used }) =>
        used ? pages.used(code, 200) : pages.send(code, deps.scriptsFor(code), null),
      ),
    take: (from, given, form) =>
      withCode({ from, given }, async (code, found) => {
        if (!(await guard.maySend(from, code))) return pages.busy();
        return found.used ? pages.used(code, 409) : keep(code, found, form);
      }),
    result: (from, given, tries) =>
      withCode({ from, given, toAsk: '../../r' }, async (code, { used, caseId }) => {
        if (used) return pages.result(await deps.resultOf(caseId));
        return tries < mostTries ? pages.waiting(tries) : pages.failed(200, `../${code}`);
      }),
  };
}

type ReadSent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly status: number; readonly text: string };

/** The report in what was sent, or in words why there is none. */
function readSent(
  sent: Sent,
  {
    wording,
    read,
    isReport,
    noReport,
  }: Pick<UploadDependencies<FoundCode>, 'wording' | 'read' | 'isReport' | 'noReport'>,
): ReadSent {
  const problem = (status: number, text: string): ReadSent => ({ kind: 'problem', status, text });
  switch (sent.kind) {
    case 'nothing':
    case 'malformed':
      return problem(400, wording.text(`upload.problems.${sent.kind}`));
    case 'too-large':
      return problem(413, noReport('too-large'));
    case 'bytes': {
      const intake = read(sent.bytes);
      if (intake.kind === 'no-report') return problem(422, noReport(intake.problem));
      return isReport(intake.text) ? intake : problem(422, noReport('not-report'));
    }
  }
}

/** null when it takes longer. */
async function settledWithin<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
