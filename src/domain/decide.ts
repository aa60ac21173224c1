import { type Case, openCase, type Place } from './case.ts';
import {
  type Decision,
  decision,
  type FreshIds,
  type HandoffNews,
  type Input,
  type Knowledge,
  type Situation,
  showAgain,
  type TicketAct,
} from './decision.ts';
import { takeIn } from './evidence.ts';
import { fulfil } from './fulfil.ts';
import { intentOfPress, intentOfWords } from './intent.ts';
import { articleOf, learn, learnFromReport, placeToAsk } from './learn.ts';
import { openTicketOf, relay, relayFile, ticketInHand } from './relay.ts';
import { pressTicket } from './ticket-press.ts';
import { notesOf } from './walk-on.ts';

/**
 * The bot's whole conduct, as one pure function: where a conversation stands and what came in decide what is
 * kept, where it goes, and what is said.
 */
export function decide(at: Situation, input: Input, knowledge: Knowledge, ids: FreshIds): Decision {
  switch (input.kind) {
    case 'arrived':
      return decision(at.case, { move: showAgain(at), notes: [{ note: 'greeting' }] });
    case 'stale':
      return decision(at.case, { move: showAgain(at), notes: [{ note: 'stale' }] });
    case 'pressed':
      return decidePressed(at, input, knowledge, ids);
    case 'said':
      return relay(at, input) ?? decideSaid(at, input, knowledge, ids);
    case 'report':
      return withReportTold(at, decideReport(at, input, knowledge), input);
    case 'part':
      return decision(at.case, { move: { to: 'stay' }, notes: [{ note: 'part', received: input.received }] });
    case 'no-report':
      return relayFile(at, input) ?? noReport(at, input.problem);
    case 'ticket-pressed':
      return pressTicket(at, input);
    case 'handoff':
      return decideNews(at, input.what, knowledge, ids);
  }
}

function noReport(at: Situation, problem: string): Decision {
  return decision(at.case, { move: showAgain(at), notes: [{ note: 'no-report', problem }] });
}

/** What the helpdesk asks of the person, or where the bot takes over again; the helpdesk's words have gone before. */
function decideNews(at: Situation, what: HandoffNews, knowledge: Knowledge, ids: FreshIds): Decision {
  const again = decision(at.case, { move: showAgain(at) });
  return what === 'handed-back' ? again : (fulfil(at, { want: 'check' }, knowledge, ids) ?? again);
}

/** A new report is diagnosed as usual; whoever has the ticket hears of it too. */
function withReportTold(
  at: Situation,
  done: Decision,
  { examined, doubts, words = '' }: Extract<Input, { kind: 'report' }>,
): Decision {
  const ticket = openTicketOf(at);
  if (ticket === null) return done;
  const ticketId = ticket.id;
  const said: readonly TicketAct[] =
    words !== '' && ticketInHand(at) !== null ? [{ ticketId, command: { do: 'say', text: words } }] : [];
  if (doubts.includes('repeated') || doubts.includes('other-case')) return { ...done, acts: said };
  const { verdict } = examined.diagnosis;
  return {
    ...done,
    acts: [...said, { ticketId, command: { do: 'report', verdict } }],
    notes: [...done.notes, { note: 'report-passed-on' }],
  };
}

function decidePressed(
  at: Situation,
  { press }: Extract<Input, { kind: 'pressed' }>,
  knowledge: Knowledge,
  ids: FreshIds,
): Decision {
  const intent = intentOfPress(press);
  if (intent === null) return decision(at.case, { move: showAgain(at), notes: [{ note: 'choose-one' }] });
  const heard = { ...at, case: { ...at.case, misses: 0 } };
  const done = fulfil(heard, intent, knowledge, ids) ?? decision(heard.case, { move: showAgain(at) });
  return { ...done, answered: done.answered ?? { by: 'press', press } };
}

function decideSaid(
  at: Situation,
  input: Extract<Input, { kind: 'said' }>,
  knowledge: Knowledge,
  ids: FreshIds,
): Decision {
  const { text, understanding: said } = input;
  if (at.place?.at === 'closed' && (said.codes.length > 0 || said.answer === 'greeting')) {
    return decideSaid(afresh(at, ids), input, knowledge, ids);
  }
  const { current, learned, notes } = learn(at.case, at.place, said, knowledge);
  const heard = { ...at, case: { ...current, misses: 0 } };
  const intent = intentOfWords(at.place, said, text);
  const done = intent === null ? null : fulfil(heard, intent, knowledge, ids);
  if (done !== null)
    return { ...done, notes: [...notes, ...done.notes], answered: done.answered ?? { by: 'words' } };
  if (learned) return goOnWith(heard, notes, knowledge);
  return decideUnanswered(at, said);
}

/** New knowledge answers the questions before it; someone in the middle of the guide is led there afresh. */
function goOnWith(at: Situation, notes: Decision['notes'], knowledge: Knowledge): Decision {
  const next = placeToAsk(at.case, knowledge);
  const { place } = next;
  const said = [...notes, ...notesOf(next)];
  return decision(at.case, {
    move: at.place === null ? { to: 'start', place } : { to: 'forward', place },
    notes: at.place === null ? [{ note: 'greeting' }, ...said] : said,
    answered: { by: 'words' },
    events: [{ kind: 'learned', data: { code: at.case.code, os: at.case.os } }],
  });
}

/** Words that answer nothing: small talk, then a first miss with the card again, then the offer of a person. */
function decideUnanswered(at: Situation, said: { readonly answer: string | null }): Decision {
  if (at.place === null || said.answer === 'greeting') {
    return decision(at.case, { move: showAgain(at), notes: at.place === null ? [{ note: 'greeting' }] : [] });
  }
  if (said.answer === 'thanks')
    return decision(at.case, { move: { to: 'stay' }, notes: [{ note: 'welcome' }] });
  if (said.answer === 'done') {
    return decision(at.case, { move: showAgain(at), notes: [{ note: afterDone(at.place) }] });
  }
  if (at.case.misses === 0) {
    return decision({ ...at.case, misses: 1 }, { move: showAgain(at), notes: [{ note: 'missed' }] });
  }
  return decision(
    { ...at.case, misses: 0 },
    { move: { to: 'forward', place: { at: 'person' } }, notes: [{ note: 'missed-twice' }] },
  );
}

/** What comes next for someone who is done. */
function afterDone(place: Place): 'how-to-send' | 'how-to-paste' | 'did-it-work' {
  switch (place.at) {
    case 'script':
      return 'how-to-send';
    case 'by-hand':
      return 'how-to-paste';
    default:
      return 'did-it-work';
  }
}

/** A report shows its result wherever it comes in; one of another case waits until the person says whose it is. */
function decideReport(
  at: Situation,
  { examined, doubts }: Extract<Input, { kind: 'report' }>,
  knowledge: Knowledge,
): Decision {
  const { verdict, report } = examined.diagnosis;
  const weighed = { examined, doubts };
  const heard: Case = { ...at.case, way: 'check', checkCodeUntil: null, misses: 0 };
  const arrived: Omit<Decision, 'case' | 'notes'> = {
    move: { to: 'forward', place: { at: 'result' } },
    answered: { by: 'report' },
    ticket: null,
    acts: [],
    events: [{ kind: 'examined', data: { report: examined.reportId, kind: report.kind, verdict, doubts } }],
  };
  if (doubts.includes('repeated')) return decision(heard, { ...arrived, notes: [{ note: 'repeated' }] });
  if (doubts.includes('other-case')) return decision({ ...heard, unclaimed: weighed }, arrived);
  const { current, notes } = learnFromReport(takeIn(heard, weighed, articleOf(heard, knowledge)));
  return decision(current, { ...arrived, notes });
}

function afresh(at: Situation, ids: FreshIds): Situation {
  return { ...at, case: openCase(ids.case, at.case.article), place: null, before: null };
}
