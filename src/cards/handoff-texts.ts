import type { HandoffEffect } from '../domain/handoff.ts';
import type { Wording } from './wording.ts';

/** Whose ticket it is, for the sentences around it. */
export type About = { readonly ticket: string; readonly name: string };

/** What follows from a change of a ticket, as one sentence for the side that it is told to. */
export function handoffText(wording: Wording, effect: HandoffEffect, about: About): string {
  const say = (values: Readonly<Record<string, string | number>> = {}) =>
    wording.text(`helpdesk.${effect.tell}.${effect.what}`, { ...about, ...values });
  switch (effect.what) {
    case 'line':
    case 'taken':
    case 'passed-on':
    case 'check-asked':
      return say({ by: effect.by, text: effect.text });
    case 'solved':
    case 'handed-back':
    case 'rejected':
      return say({ by: effect.by, text: effect.text === '' ? 'none' : effect.text });
    case 'rated':
      return say({ stars: effect.stars });
    case 'report':
      return say({ verdict: wording.text(`bot.result.titles.${effect.verdict}`) });
    case 'still-queued':
    case 'still-assigned':
    case 'still-waiting':
    case 'closed-quiet':
    case 'confirmed':
    case 'withdrawn':
    case 'reopened':
      return say();
  }
}
