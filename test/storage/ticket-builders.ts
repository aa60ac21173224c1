import { openTicket, type Ticket } from '../../src/domain/handoff.ts';
import { handOff } from '../../src/domain/handoff-change.ts';
import type { Actor, TicketChange, TicketDetails, TicketMessage } from '../../src/helpdesk/ticket-store.ts';
import { conversation } from './builders.ts';

export const noon = '2026-11-24T12:00:00.000Z';
export const ada: Actor = { side: 'person', id: '29:ada', name: 'Ada' };
export const ana: Actor = { side: 'helpdesk', id: 'a', name: 'Ana' };

export const details: TicketDetails = {
  conversation,
  person: { name: 'Ada', userId: '29:ada', entraId: null, locale: 'en-GB', timeZone: 'Europe/London' },
  title: 'OneDrive 0x8004de40',
  contact: '',
  bestTime: '',
  article: 'onedrive-sign-in',
  shared: {
    note: 'please call',
    code: '0x8004de40',
    os: 'windows-10',
    tried: [],
    diagnosis: null,
    doubts: [],
    report: null,
  },
};

/** The change that opens a ticket for `caseRow()`. */
export function opening(parts: Partial<TicketChange> = {}, id = 'HS-1'): TicketChange {
  return {
    ticket: openTicket({ id, caseId: 'case-1', urgency: 'normal' }, noon),
    details,
    command: 'open',
    by: ada,
    data: {},
    messages: [],
    events: [],
    connectors: [],
    source: null,
    ...parts,
  };
}

/** The change after `ticket` in which Ana takes it, or whatever else the parts say. */
export function taking(ticket: Ticket, parts: Partial<TicketChange> = {}): TicketChange {
  const outcome = handOff(ticket, { do: 'take', by: { id: 'a', name: 'Ana' } }, noon);
  if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.refusal.why}`);
  return { ...opening(), ticket: outcome.ticket, details: null, command: 'take', by: ana, ...parts };
}

export function line(id: string, text: string, to: TicketMessage['to'] = 'thread'): TicketMessage {
  const by = to === 'thread' ? ada : ana;
  return { to, activity: { type: 'message', text: `${by.name}: ${text}` }, line: { id, by, text } };
}

export function event(kind: 'opened' | 'status'): TicketChange['events'][number] {
  return {
    ticket: {
      id: 'HS-1',
      state: 'new',
      urgency: 'normal',
      title: details.title,
      description: 'please call',
      person: { name: 'Ada', contact: '' },
      agent: null,
    },
    what: { kind },
  };
}
