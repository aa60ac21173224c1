import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Notice, NoticeActor, NoticeCommand, NoticeDraft } from '../../src/domain/notice.ts';
import { changeNotice, type NoticeOutcome, needsApproval } from '../../src/domain/notice-change.ts';
import { ada, auditor, bob, both, clock, commands, draft, facts, notice } from './notice-builders.ts';

type Step = { readonly command: NoticeCommand; readonly by: NoticeActor; readonly total: number };

const drafts = [draft(), draft({ name: 'Other', mandatory: { reason: 'by law' } }), draft({ name: 'Third' })];
const edits = drafts.map((each): NoticeCommand => ({ do: 'edit', draft: each }));
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    command: fc.constantFrom(...Object.values(commands), ...edits),
    by: fc.constantFrom(ada, bob, both, auditor, clock),
    total: fc.constantFrom(1, 19, 50, 51, 4_000),
  }),
  { minLength: 20, maxLength: 60 },
);

type Seen = {
  readonly before: Notice;
  readonly step: Step;
  readonly outcome: Extract<NoticeOutcome, { kind: 'changed' }>;
};

/** Everything that happens to one notice when people and the bot do what comes to their minds. */
function live(path: readonly Step[]): readonly Seen[] {
  let now = Date.parse('2026-11-24T12:00:00Z');
  let at = notice('draft');
  const seen: Seen[] = [];
  for (const step of path) {
    now += 60_000;
    const outcome = changeNotice(at, step.command, step.by, facts({ now: new Date(now), total: step.total }));
    if (outcome.kind === 'refused') continue;
    seen.push({ before: at, step, outcome });
    at = outcome.notice;
  }
  return seen;
}

function wordsOf({ name, subject, audience, texts, schedule, mandatory }: NoticeDraft): NoticeDraft {
  return { name, subject, audience, texts, schedule, mandatory };
}

const goesOut = ({ outcome }: Seen) =>
  outcome.deliveries === 'wake' || outcome.deliveries === 'requeue-failed';

function always(rule: (seen: readonly Seen[]) => void): void {
  fc.assert(
    fc.property(steps, (path) => rule(live(path))),
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
