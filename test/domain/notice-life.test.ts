import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Notice, NoticeActor, NoticeCommand, NoticeDraft } from '../../src/domain/notice.ts';
import {
  changeNotice,
  type NoticeFacts,
  type NoticeOutcome,
  needsApproval,
} from '../../src/domain/notice-change.ts';
import { ada, auditor, bob, both, clock, commands, draft, facts, notice } from './notice-builders.ts';

type Step = { readonly command: NoticeCommand; readonly by: NoticeActor };

const drafts = [draft(), draft({ name: 'Other', mandatory: { reason: 'by law' } }), draft({ name: 'Third' })];
const edits = drafts.map((each): NoticeCommand => ({ do: 'edit', draft: each }));
const everyone = [ada, bob, both, auditor, clock];
const everything = [...Object.values(commands), ...edits].flatMap((command) =>
  everyone.map((by): Step => ({ command, by })),
);

const nat = fc.nat(10_000);
const choices = fc.array(fc.record({ what: nat, who: nat, total: fc.constantFrom(1, 19, 50, 51, 4_000) }), {
  minLength: 5,
  maxLength: 40,
});

type Seen = {
  readonly before: Notice;
  readonly step: Step;
  readonly outcome: Extract<NoticeOutcome, { kind: 'changed' }>;
};

type Choice = { readonly what: number; readonly who: number; readonly total: number };

/** What happens to one notice when again and again somebody does something, anything, that applies just then. */
function live(path: readonly Choice[]): readonly Seen[] {
  let now = Date.parse('2026-11-24T12:00:00Z');
  let at = notice('draft');
  const seen: Seen[] = [];
  for (const { what, who, total } of path) {
    now += 60_000;
    const next = choose(at, { what, who }, facts({ now: new Date(now), total }));
    if (next === undefined) break;
    seen.push(next);
    at = next.outcome.notice;
  }
  return seen;
}

/** Each kind of command is as likely as any other, but for cancelling, which ends the story. */
function choose(before: Notice, { what, who }: Omit<Choice, 'total'>, known: NoticeFacts): Seen | undefined {
  const open = everything.flatMap((step): Seen[] => {
    const outcome = changeNotice(before, step.command, step.by, known);
    return outcome.kind === 'changed' ? [{ before, step, outcome }] : [];
  });
  const kinds = [...new Set(open.map(({ step }) => step.command.do))];
  const likely = what % 10 === 0 ? kinds : kinds.filter((kind) => kind !== 'cancel');
  const fitting = open.filter(({ step }) => step.command.do === likely[what % likely.length]);
  return fitting[who % fitting.length];
}

function wordsOf({ name, subject, audience, texts, schedule, mandatory }: NoticeDraft): NoticeDraft {
  return { name, subject, audience, texts, schedule, mandatory };
}

const goesOut = ({ outcome }: Seen) =>
  outcome.deliveries === 'wake' || outcome.deliveries === 'requeue-failed';

function always(rule: (seen: readonly Seen[]) => void): void {
  fc.assert(
    fc.property(choices, (path) => rule(live(path))),
    { numRuns: 300 },
  );
}

describe('whatever is done to a notice', () => {
  it('nothing goes out to many that nobody but its author has seen', () => {
    always((seen) => {
      for (const { outcome } of seen.filter(goesOut)) {
        const { total, approver, author } = outcome.notice;
        if (!needsApproval(outcome.notice, total ?? 0, 50)) continue;
        assert.ok(approver !== null);
        assert.notEqual(approver.id, author.id);
      }
    });
  });

  it('what goes out is what was submitted, word for word, to as many', () => {
    always((seen) => {
      let submitted: Notice | undefined;
      for (const each of seen) {
        if (each.step.command.do === 'submit') submitted = each.outcome.notice;
        if (!goesOut(each)) continue;
        assert.ok(submitted);
        assert.deepEqual(wordsOf(each.outcome.notice), wordsOf(submitted));
        assert.equal(each.outcome.notice.total, submitted.total);
      }
    });
  });

  it('recipients are fixed once before anything goes out, and never dropped after it', () => {
    always((seen) => {
      let [fixed, out] = [false, false];
      for (const each of seen) {
        const { deliveries } = each.outcome;
        if (deliveries === 'fix') assert.ok(!fixed && !out);
        if (deliveries === 'drop') assert.ok(fixed && !out);
        if (deliveries === 'fix') fixed = true;
        if (deliveries === 'drop') fixed = false;
        if (goesOut(each)) assert.ok(fixed);
        if (goesOut(each)) out = true;
        assert.equal(each.outcome.notice.total !== null, fixed);
      }
    });
  });

  it('each change counts the version on by one, and an auditor makes none', () => {
    always((seen) => {
      for (const { before, outcome, step } of seen) {
        assert.equal(outcome.notice.version, before.version + 1);
        assert.notEqual(step.by, auditor);
      }
    });
  });

  it('waves only go on, and what is cancelled stays so', () => {
    always((seen) => {
      for (const { before, outcome } of seen) {
        assert.notEqual(before.status.at, 'cancelled');
        const [was, is] = [before.status, outcome.notice.status];
        if ('wave' in was && 'wave' in is) assert.ok(is.wave - was.wave === 0 || is.wave - was.wave === 1);
      }
    });
  });
});
