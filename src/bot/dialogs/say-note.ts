import type { ShownRemedies } from '../../cards/remediation-card.ts';
import type { Place } from '../../domain/case.ts';
import { remediationFor } from '../../remediation/remediation.ts';
import { ticketShowing } from '../binding.ts';
import { attach, caseOf, checkCodeFor, type Draft, say, show, showAndWait } from '../draft.ts';
import type { Presentation, PresentationParts } from './presentation.ts';

/** More make a long card; the newest are those that somebody waits for. */
const mostTickets = 3;

/** Says what a turn has to say besides the card of its place. */
export function createSayNote({
  cards,
  consentCard,
  contact,
  remediationUrl,
}: PresentationParts): Presentation['sayNote'] {
  const { texts } = cards;
  return (draft, note, place) => {
    switch (note.note) {
      case 'greeting':
        return show(draft, cards.greeting({ group: draft.group }));
      case 'help':
        return showAndWait(draft, cards.help);
      case 'status':
        return sayStatus(draft, place);
      case 'part':
        return showAndWait(draft, (binding) => cards.pasteMore(binding, { received: note.received }));
      case 'ticket':
        return draft.queue === null
          ? show(draft, cards.ticket({ id: note.ticketId, contact }))
          : say(draft, texts.aboutTicket('ticket-sent', { ticket: note.ticketId }));
      case 'with-person':
        return say(draft, texts.aboutTicket('with-person', { by: note.by }));
      case 'withdrawn':
      case 'ticket-kept':
      case 'ticket-reopened':
      case 'ticket-confirmed':
        return say(draft, texts.aboutTicket(note.note, { ticket: note.ticketId, told: toldOf(draft) }));
      case 'note-passed-on':
        return say(draft, texts.say(draft.queue === null ? 'note-kept' : 'note-passed-on'));
      case 'report-passed-on':
        return draft.queue === null ? undefined : say(draft, texts.say(note.note));
      case 'device':
        return say(draft, texts.device(note.device));
      case 'os-from-report':
        return say(draft, texts.osFromReport(note.os));
      case 'skipped':
        return say(draft, texts.skipped(caseOf(draft), note.nodes));
      case 'held':
        return say(draft, texts.held(caseOf(draft), note.steps));
      case 'no-report':
        return say(draft, texts.noReport(note.problem));
      case 'remedies':
        return show(draft, cards.remediation(remediesOf(draft, remediationUrl)));
      case 'file-offer':
        return attach(draft, consentCard(caseOf(draft).os, checkCodeFor(draft)));
      case 'stale':
      case 'missed':
      case 'missed-twice':
      case 'choose-one':
      case 'nothing-before':
      case 'started-over':
      case 'reopened':
      case 'welcome':
      case 'did-it-work':
      case 'how-to-send':
      case 'how-to-paste':
      case 'not-shared':
      case 'repeated':
      case 'check-to-be-sure':
      case 'report-kept':
      case 'report-put-aside':
      case 'with-bot':
      case 'no-ticket':
      case 'rated':
      case 'ticket-changed':
      case 'file-name-passed-on':
        return say(draft, texts.say(note.note));
    }
  };

  function sayStatus(draft: Draft, place: Place | null): void {
    const tickets = draft.tickets.slice(0, mostTickets).map((ticket) => ({
      ticket,
      binding: draft.binder.sign(ticketShowing(draft.key, ticket.id)),
    }));
    const about = { case: caseOf(draft), place, tickets, now: draft.now };
    showAndWait(draft, (binding) => cards.status(binding, about));
  }
}

/** Whether anybody hears of a change by itself. */
function toldOf({ queue }: Draft): 'yes' | 'no' {
  return queue === null ? 'no' : 'yes';
}

function remediesOf(draft: Draft, urlOf: PresentationParts['remediationUrl']): ShownRemedies {
  const { examined } = caseOf(draft);
  if (examined === null) return { remedies: [], filesUrl: null };
  return { remedies: remediationFor(examined.diagnosis), filesUrl: urlOf(examined.reportId) };
}
