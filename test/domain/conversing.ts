import type { Place } from '../../src/domain/case.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Decision, Situation } from '../../src/domain/decision.ts';
import type { Press } from '../../src/domain/press.ts';
import { understand } from '../../src/domain/understand.ts';
import { knowledge } from './builders.ts';

export const ids = { case: 'NEWCASE', ticket: 'HS-NEW' };

export function says(at: Situation, text: string, known = knowledge): Decision {
  return decide(at, { kind: 'said', text, understanding: understand(text), verbatim: text }, known, ids);
}

export function presses(
  at: Situation,
  name: Press['name'],
  value: string | null = null,
  known = knowledge,
): Decision {
  return decide(at, { kind: 'pressed', press: { name, value } }, known, ids);
}

export function node(id: string, agreed = false): Place {
  return { at: 'node', node: id, agreed };
}

export function notes(decision: Decision): readonly string[] {
  return decision.notes.map(({ note }) => note);
}

export function leadsTo({ move }: Decision): Place | null {
  return move.to === 'forward' || move.to === 'start' ? move.place : null;
}
