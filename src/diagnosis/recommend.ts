import type { Step } from '../domain/article.ts';
import type { Finding, FindingCode, Recommendation } from '../domain/diagnosis.ts';
import { connectionCauses, holdOf, isRejoin } from '../domain/hold.ts';

const causalOrder: readonly FindingCode[] = [...connectionCauses, 'cipher-policy', 'join-state'];

/** What to ask for first: the likeliest cause that one command shows. */
const askingOrder: readonly FindingCode[] = [
  'cipher-suites',
  'tls12-schannel',
  'tls12-winhttp',
  'tls12-wininet',
  'curves',
  'key-exchange',
  'network',
  'tls-handshake',
  'proxy',
  'clock',
  'tls-interception',
  'join-state',
  'cipher-policy',
];

type Book = ReadonlyMap<FindingCode, Finding>;

/**
 * The next step of the route, which is ordered from harmless to drastic. The first cause that fails decides,
 * then the first that warns; with neither, the first step that nothing rules out. A step that was done since the
 * report before is not named again: what it should have mended is still wrong, or it has done its part.
 */
export function recommend(
  findings: readonly Finding[],
  route: readonly Step[],
  done: readonly string[] = [],
): Recommendation {
  const book: Book = new Map(findings.map((finding) => [finding.code, finding]));
  const ruledOut = route.flatMap((step) => {
    const reason = reasonAgainst(step, book);
    return reason === null ? [] : [{ step: step.id, reason }];
  });
  const needed = route.filter(({ id }) => !done.includes(id) && !ruledOut.some((each) => each.step === id));
  const held = needed.flatMap((step) => {
    const reason = holdOf(step, findings);
    return reason === null ? [] : [{ step: step.id, reason }];
  });
  const open = needed.filter((step) => !held.some((each) => each.step === step.id));
  const failing = codesOf(book, 'fail');
  const step = stepFor(failing, open, book) ?? (failing.length > 0 ? null : nextStep(open, book));
  return {
    step: step?.id ?? null,
    reasons: reasonsFor(step, failing, book),
    ruledOut,
    held,
    needs: step?.needs ?? (failing.length > 0 ? ['administrator'] : []),
    missing: failing.length > 0 ? missingForStep(step, book) : missingCode(book),
  };
}

function nextStep(open: readonly Step[], book: Book): Step | null {
  return stepFor(codesOf(book, 'warn'), open, book) ?? open[0] ?? null;
}

function codesOf(book: Book, severity: Finding['severity']): readonly FindingCode[] {
  return causalOrder.filter((code) => book.get(code)?.severity === severity);
}

function stepFor(codes: readonly FindingCode[], open: readonly Step[], book: Book): Step | null {
  const targets = codes.flatMap((code) => targetsOf(code, book));
  const target = targets.find((code) => open.some((step) => step.addresses.includes(code)));
  return target === undefined ? null : (open.find((step) => step.addresses.includes(target)) ?? null);
}

/** Where a finding is the effect of another, the step that mends that one comes first. */
function targetsOf(code: FindingCode, book: Book): readonly FindingCode[] {
  const finding = book.get(code);
  const policyBlocks = book.get('cipher-policy')?.severity === 'warn';
  if (code === 'cipher-suites' && policyBlocks) return ['cipher-policy', 'cipher-suites'];
  if (code === 'network' && finding?.variant.includes('proxy')) return ['proxy', 'network'];
  // Boxes that a policy greys out cannot be ticked; only whoever owns the policy can help.
  if (code === 'tls12-wininet' && finding?.variant.startsWith('policy-')) return [];
  return [code];
}

function reasonsFor(step: Step | null, failing: readonly FindingCode[], book: Book): readonly FindingCode[] {
  if (step === null) return failing;
  const bad = [...failing, ...codesOf(book, 'warn')];
  const addressed = bad.filter((code) =>
    targetsOf(code, book).some((target) => step.addresses.includes(target)),
  );
  return [...new Set([...addressed, ...bad.filter((code) => step.addresses.includes(code))])];
}

/** All that the step could mend is in order, or it is meant for another kind of PC. */
function reasonAgainst(step: Step, book: Book): FindingCode | null {
  if (isForOtherJoin(step, book)) return 'join-state';
  const wanted = [...codesOf(book, 'fail'), ...codesOf(book, 'warn')].flatMap((code) =>
    targetsOf(code, book),
  );
  if (step.addresses.some((code) => wanted.includes(code))) return null;
  // Where the suites pass, neither their order nor who set them needs a look.
  if (step.addresses.includes('cipher-suites') && book.get('cipher-suites')?.severity === 'pass') {
    return 'cipher-suites';
  }
  const addressed = step.addresses.map((code) => book.get(code)?.severity ?? 'unknown');
  const isInOrder = addressed.every((severity) => severity === 'pass' || severity === 'info');
  if (!isInOrder || !addressed.includes('pass')) return null;
  return step.addresses.find((code) => book.get(code)?.severity === 'pass') ?? null;
}

/** Rejoining is for hybrid joined PCs, the other account steps for PCs that are joined otherwise. */
function isForOtherJoin(step: Step, book: Book): boolean {
  const variant = book.get('join-state')?.variant ?? 'unknown';
  if (variant === 'unknown' || !step.addresses.includes('join-state')) return false;
  return isRejoin(step) !== variant.startsWith('hybrid');
}

/**
 * What mends a failure can depend on the version of Windows, and a rejoin on everything below it; where those
 * are known and no step is left, a person is asked.
 */
function missingForStep(step: Step | null, book: Book): FindingCode | null {
  if (step !== null) return null;
  if (codesOf(book, 'fail').every((code) => code === 'join-state')) {
    return (
      askingOrder.find((code) => connectionCauses.includes(code) && book.get(code)?.severity === 'unknown') ??
      null
    );
  }
  return book.get('os-support')?.severity === 'unknown' ? 'os-support' : null;
}

/** The version of Windows comes first where a judgement waits for nothing else. */
function missingCode(book: Book): FindingCode | null {
  const waits = [...book.values()].some((finding) => finding.variant === 'needs-os');
  if (waits) return 'os-support';
  return askingOrder.find((code) => book.get(code)?.severity === 'unknown') ?? null;
}
