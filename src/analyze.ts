import { loadArticles } from './articles/load.ts';
import { analysisText } from './cards/analysis-text.ts';
import { remediationText } from './cards/remediation-text.ts';
import { loadWording, type Wording } from './cards/wording.ts';
import { type ContentKind, decode, sniff } from './diagnosis/decode.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import type { Diagnosis } from './domain/diagnosis.ts';
import { isDay } from './domain/policy.ts';
import { routeFor } from './domain/route.ts';
import { loadPolicyHistory } from './policy/organisation.ts';
import { isNamesFile } from './redaction/names-file.ts';
import { createRedactor } from './redaction/redactor.ts';
import { redactDiagnosis, redactReport } from './redaction/report.ts';
import { remediationFor } from './remediation/remediation.ts';
import { type ReadOutcome, readFileOrInput } from './text-file.ts';

export type AnalyzeOptions = {
  readonly json?: boolean;
  readonly at?: string;
  /** Prints the text with its names replaced; with `json`, the judgement of the text in that form. */
  readonly redact?: boolean;
  /** Prints what an administrator can do; with `json`, as a field of the object. */
  readonly remediation?: boolean;
  /** A file with the organisation's own rules. */
  readonly policyFile?: string | null;
};

/** What the command reads and writes; tests pass their own. */
export type AnalyzePorts = {
  readonly today: () => string;
  readonly write: (line: string) => void;
  readonly writeError: (line: string) => void;
  /** At most `limit` bytes of the file (`-` is standard input), or why there are none. */
  readonly read: (file: string, limit: number) => Promise<ReadOutcome>;
};

const megabyte = 1024 * 1024;
const limitMegabytes = 10;

/**
 * `handshake analyze`: judges each file, readable or as one JSON object a line. Returns the exit code: 0, or 2
 * when something could not be read; the other files are still judged.
 */
export async function analyzeFiles(
  files: readonly string[],
  { json = false, at, redact = false, remediation = false, policyFile = null }: AnalyzeOptions,
  ports: AnalyzePorts = systemPorts,
): Promise<number> {
  const wording = loadWording('en');
  const date = at ?? ports.today();
  if (!isDay(date)) {
    ports.writeError(wording.text('findings.errors.bad-date', { date }));
    return 2;
  }
  const [article] = loadArticles();
  if (article === undefined) throw new Error('There is no article to recommend steps from.');
  const history = loadPolicyHistory(policyFile);
  let exitCode = 0;
  for (const file of files) {
    const source = await readText(file, wording, ports);
    if (source.kind === 'refused') {
      ports.writeError(source.message);
      exitCode = 2;
      continue;
    }
    const diagnosis = diagnose(source.text, { at: date, history, route: (os) => routeFor(article, os) });
    const judged: Judged = { file, date, text: source.text, diagnosis };
    const shown = redact ? withoutNames(judged) : judged;
    const remedies = remediation ? remediationFor(shown.diagnosis) : null;
    if (json)
      ports.write(
        JSON.stringify(remedies === null ? toJson(shown) : { ...toJson(shown), remediation: remedies }),
      );
    else if (remedies !== null) ports.write(remediationText(wording, remedies));
    else if (redact) ports.write(shown.text);
    else ports.write(analysisText(wording, { file, date, article: article.id, diagnosis }));
  }
  return exitCode;
}

type Judged = {
  readonly file: string;
  readonly date: string;
  readonly text: string;
  readonly diagnosis: Diagnosis;
};

/** As the bot keeps it: judged as it came, then redacted. The path may lead through a profile folder. */
function withoutNames(judged: Judged): Judged {
  const redactor = createRedactor();
  const { text } = redactReport(judged.text, redactor);
  const diagnosis = redactDiagnosis(judged.diagnosis, text, redactor);
  return { ...judged, file: redactor.redact(judged.file), text, diagnosis };
}

type Source =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

const notText: readonly ContentKind[] = ['image', 'pdf', 'archive', 'binary'];

async function readText(file: string, wording: Wording, { read }: AnalyzePorts): Promise<Source> {
  const found = await read(file, limitMegabytes * megabyte);
  switch (found.kind) {
    case 'unreadable':
      return refuse('unreadable', { file, reason: found.reason });
    case 'too-big':
      return refuse('too-big', { file, limit: limitMegabytes });
    case 'read': {
      const kind = sniff(found.bytes);
      if (notText.includes(kind)) return refuse('not-text', { file, kind });
      const { text } = decode(found.bytes);
      return isNamesFile(text) ? refuse('names-file', { file }) : { kind: 'text', text };
    }
  }

  function refuse(key: string, values: Readonly<Record<string, string | number>>): Source {
    return { kind: 'refused', message: wording.text(`findings.errors.${key}`, values) };
  }
}

function toJson({ file, date: at, diagnosis }: Judged) {
  const { report, facts, findings, verdict, recommendation, os } = diagnosis;
  return { file, at, report, os, facts, findings, verdict, recommendation };
}

const systemPorts: AnalyzePorts = {
  today: () => new Date().toISOString().slice(0, 10),
  write: (line) => process.stdout.write(`${line}\n`),
  writeError: (line) => process.stderr.write(`${line}\n`),
  read: readFileOrInput,
};
