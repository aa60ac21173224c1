import { quoteLine, splitLines } from '../diagnosis/lines.ts';
import type { Diagnosis, Evidence, Fact, Provenance } from '../domain/diagnosis.ts';
import { createRedactor, type Redactor } from './redactor.ts';

export type Redacted = {
  readonly text: string;
  /** Something was replaced here, and not on the device before. */
  readonly changed: boolean;
};

/**
 * A report's text, or a part of it, as it may be kept. Where something was replaced, its checksum cannot fit any
 * more, and the text says so itself: nobody is to be told that they changed it by hand.
 */
export function redactReport(text: string, redactor: Redactor = createRedactor()): Redacted {
  const redacted = redactor.redact(text);
  return redacted === text ? { text, changed: false } : { text: withoutChecksum(redacted), changed: true };
}

/** The text with `sha256=unavailable` in its END line; for one whose parts were redacted apart from each other. */
export function withoutChecksum(text: string): string {
  return text.replace(
    /(HANDSHAKE REPORT \d{1,6} END[^\r\n]{0,80}sha256 ?= ?)[0-9a-f]{1,64}/gi,
    '$1unavailable',
  );
}

/**
 * The diagnosis of a text as it may be kept with the redacted text: the same judgement, and no name.
 * `redacted` is the text that the redactor made of the one that was judged.
 */
export function redactDiagnosis(diagnosis: Diagnosis, redacted: string, redactor: Redactor): Diagnosis {
  const { lines } = splitLines(redacted);
  const quoteAgain = ({ line, text }: Evidence): Evidence => {
    const kept = lines[line - 1];
    return kept === undefined ? { line, text: redactor.redact(text) } : quoteLine(kept);
  };
  return {
    ...diagnosis,
    facts: redactFacts(diagnosis.facts, redactor),
    findings: diagnosis.findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map(quoteAgain),
    })),
    provenance: redactProvenance(diagnosis.provenance, redactor),
  };
}

/**
 * Some names tell what their value is: a version, the host of a proxy. All facts at once, because that takes a
 * fraction of the time.
 */
function redactFacts(facts: readonly Fact[], redactor: Redactor): readonly Fact[] {
  const lines = facts.flatMap(({ name, value }) => valuesOf(value).map((each) => `${keyOf(name)} = ${each}`));
  const kept = redactor.redact(lines.join('\n')).split('\n');
  let at = 0;
  return facts.map((fact) => {
    const own = kept.slice(at, at + valuesOf(fact.value).length);
    at += own.length;
    const key = own[0]?.split(' = ', 1)[0] ?? '';
    const values = own.map((line) => line.slice(line.indexOf(' = ') + 3));
    const name = fact.name.startsWith('probe.') ? `probe.${key}` : fact.name;
    if (typeof fact.value === 'string') return { name, value: values[0] ?? '', line: fact.line };
    return { name, value: typeof fact.value === 'object' ? values : fact.value, line: fact.line };
  });
}

/** The name of a probe holds the host that was tried; most names are words of our own. */
function keyOf(name: string): string {
  if (name.startsWith('probe.')) return name.slice('probe.'.length);
  return /^(?:proxy|onedrive)\./.test(name) ? name : 'value';
}

function valuesOf(value: Fact['value']): readonly string[] {
  return typeof value === 'object' ? value : [String(value)];
}

function redactProvenance(provenance: Provenance, redactor: Redactor): Provenance {
  const kept = (text: string | null) => (text === null ? null : redactor.redact(text));
  return {
    ...provenance,
    script: kept(provenance.script),
    scriptSha256: kept(provenance.scriptSha256),
    caseCode: kept(provenance.caseCode),
    time: kept(provenance.time),
    device: kept(provenance.device),
  };
}
