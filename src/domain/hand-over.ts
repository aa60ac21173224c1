import type { Case } from './case.ts';
import {
  type DecidedEvent,
  type Decision,
  decision,
  type FreshIds,
  type Move,
  type Situation,
} from './decision.ts';
import { agentInHand } from './relay.ts';
import { emptyForm, type Form, fitForm, sharedOf } from './share.ts';

/** Whoever has the case already is named: no second ticket beside theirs. */
export function callPerson(at: Situation): Decision {
  const agent = agentInHand(at);
  if (agent === null) {
    return decision(at.case, { move: { to: 'forward', place: { at: 'person' } } });
  }
  return decision(at.case, { move: { to: 'stay' }, notes: [{ note: 'with-person', by: agent.name }] });
}

/** Shows what would be shared; what is not given stays as it was written before. Nothing is sent yet. */
export function previewTicket(at: Situation, given: Partial<Form>): Decision | null {
  if (at.place?.at !== 'person') return null;
  const form = fitForm({ ...emptyForm, ...at.case.form, ...given });
  return decision(
    { ...at.case, form },
    { move: { to: 'forward', place: { at: 'preview' } }, events: [previewed(at.case, form.note)] },
  );
}

/** For the transcript. Not the note itself: who does not confirm it has not said it to anybody. */
function previewed(current: Case, note: string): DecidedEvent {
  const { code, os, tried, diagnosis, report } = sharedOf(current, note, true);
  return {
    kind: 'previewed',
    data: {
      noteCharacters: note.length,
      code,
      os,
      tried: tried.length,
      verdict: diagnosis?.verdict ?? null,
      findings: diagnosis?.findings.map((finding) => finding.code) ?? [],
      step: diagnosis?.recommendation.step ?? null,
      report: report === null ? null : (current.examined?.reportId ?? null),
    },
  };
}

/** The ticket holds exactly what the preview showed. */
export function openTicket(at: Situation, withReport: boolean, ids: FreshIds): Decision | null {
  if (at.place?.at !== 'preview') return null;
  const { note, ...form } = at.case.form ?? emptyForm;
  const shared = sharedOf(at.case, note, withReport);
  const current: Case = { ...at.case, ticketIds: [...at.case.ticketIds, ids.ticket], form: null };
  return decision(current, {
    move: awayFromHandOver(at),
    notes: [{ note: 'ticket', ticketId: ids.ticket }],
    ticket: { id: ids.ticket, shared, ...form },
    events: [{ kind: 'ticket', data: { ticket: ids.ticket, withReport: shared.report !== null } }],
  });
}

export function keepPrivate(at: Situation): Decision | null {
  if (at.place?.at !== 'preview') return null;
  return decision(at.case, {
    move: awayFromHandOver(at),
    notes: [{ note: 'not-shared' }],
    events: [{ kind: 'kept-private', data: {} }],
  });
}

function awayFromHandOver(at: Situation): Move {
  return at.before !== null
    ? { to: 'back', past: ['person', 'preview'] }
    : { to: 'start', place: { at: 'code' } };
}
