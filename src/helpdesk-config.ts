import type { Hours } from './domain/hours.ts';
import type { Patience } from './helpdesk/clock.ts';
import type { CommonSettings } from './settings.ts';

export type HelpdeskChannelConfig = {
  /** Conversation id of the channel, such as `19:…@thread.tacv2`. */
  readonly id: string;
  /** Entra group whose members are the agents; null: whoever is in the channel. */
  readonly group: string | null;
  /** How a message gets into a thread; which one a tenant's Teams takes differs. */
  readonly threads: CommonSettings['HELPDESK_THREADS'];
  /** Lines of agents that begin with it stay inside the helpdesk. */
  readonly noteMarker: string;
  /** Minutes from opening to solving. */
  readonly targets: CommonSettings['HELPDESK_TARGETS'];
  /** `HH:MM`; null for no daily digest. */
  readonly digestAt: string | null;
  /** Where the helpdesk is; IANA. */
  readonly timeZone: string;
  /** So many tickets of one cause within an hour are told as one. */
  readonly manyAlike: number;
};

/** When the helpdesk is there, and how long it lets somebody wait in silence. */
export type HelpdeskTimesConfig = {
  /** Null where the hours are not known. */
  readonly hours: Hours | null;
  readonly patience: Patience;
};

export function readHelpdeskTimes(data: CommonSettings): HelpdeskTimesConfig {
  const week = data.HELPDESK_HOURS;
  const [timeZone, holidays] = [data.HELPDESK_TIME_ZONE, new Set(data.HELPDESK_HOLIDAYS)];
  return {
    hours: week === null ? null : { week, timeZone, holidays },
    patience: { remindAfter: data.HELPDESK_REMIND_AFTER, closeAfter: data.HELPDESK_CLOSE_AFTER },
  };
}

/** Null where no channel is named: the other settings mean nothing then. */
export function readHelpdeskChannel(data: CommonSettings): HelpdeskChannelConfig | null {
  const id = data.HELPDESK_CHANNEL;
  if (id === null) return null;
  return {
    id,
    group: data.HELPDESK_GROUP,
    threads: data.HELPDESK_THREADS,
    noteMarker: data.HELPDESK_NOTE_MARKER,
    targets: data.HELPDESK_TARGETS,
    digestAt: data.HELPDESK_DIGEST_AT,
    timeZone: data.HELPDESK_TIME_ZONE,
    manyAlike: data.HELPDESK_MANY_ALIKE,
  };
}
