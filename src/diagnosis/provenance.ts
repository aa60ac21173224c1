import type { Fact, Provenance } from '../domain/diagnosis.ts';
import { fact, numberOf, textOf } from './facts.ts';

/** What a report says of its own making; pasted tool output says nothing. */
export function provenanceOf(facts: readonly Fact[]): Provenance {
  const told = (name: string) => toldText(facts, name);
  const account = told('run.account');
  const elevated = fact(facts, 'run.elevated')?.value;
  return {
    script: told('report.script'),
    scriptSha256: told('report.script-sha256')?.toLowerCase() ?? null,
    caseCode: told('report.case'),
    time: told('report.time'),
    device: told('run.device'),
    elevated: typeof elevated === 'boolean' ? elevated : null,
    account: account === 'logged-on' || account === 'other' ? account : null,
    shellBits: numberOf(fact(facts, 'run.shell-bits')),
    osBits: numberOf(fact(facts, 'run.os-bits')),
  };
}

function toldText(facts: readonly Fact[], name: string): string | null {
  const text = textOf(fact(facts, name));
  return text === null || ['none', 'absent', 'unavailable'].includes(text) ? null : text;
}
