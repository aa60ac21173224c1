import { type Decision, decision, type Knowledge, type Situation } from './decision.ts';
import { takeIn } from './evidence.ts';
import { articleOf, learnFromReport } from './learn.ts';

/** The person says that a report with another case's code is theirs: it becomes evidence of this case. */
export function claimReport(at: Situation, knowledge: Knowledge): Decision | null {
  const { unclaimed } = at.case;
  if (unclaimed === null) return null;
  const doubts = unclaimed.doubts.filter((doubt) => doubt !== 'other-case');
  const taken = takeIn(at.case, { ...unclaimed, doubts }, articleOf(at.case, knowledge));
  const { current, notes } = learnFromReport(taken);
  return decision(current, {
    move: { to: 'forward', place: { at: 'result' } },
    notes: [{ note: 'report-kept' }, ...notes],
    events: [{ kind: 'report-claimed', data: { report: unclaimed.examined.reportId } }],
  });
}

/** The report is somebody else's: nothing of it stays with the case, and one of this PC is asked for. */
export function disownReport(at: Situation): Decision | null {
  const { unclaimed } = at.case;
  if (unclaimed === null) return null;
  return decision(
    { ...at.case, unclaimed: null },
    {
      move: { to: 'forward', place: { at: 'script' } },
      notes: [{ note: 'report-put-aside' }],
      events: [{ kind: 'report-disowned', data: { report: unclaimed.examined.reportId } }],
    },
  );
}
