import type { Diagnosis } from '../domain/diagnosis.ts';
import { mendable, type Remedy } from '../domain/remedy.ts';
import { commandsFor, undoCommandsFor } from './commands.ts';
import { intuneScriptsFor } from './intune.ts';
import type { Plan } from './plan.ts';
import { planAlgorithms, planCurves, planSchannel, planSuites, planWinhttp, planWininet } from './plans.ts';
import { regFile, undoRegFile } from './reg-file.ts';

type MakePlans = (diagnosis: Diagnosis) => readonly Plan[];

const plansFor: Readonly<Record<(typeof mendable)[number], MakePlans>> = {
  'tls12-schannel': planSchannel,
  'tls12-winhttp': planWinhttp,
  'tls12-wininet': planWininet,
  'cipher-suites': planSuites,
  curves: planCurves,
  'key-exchange': planAlgorithms,
};

/**
 * What an administrator can do about each finding that fails, with its undo: the undo restores what the report
 * showed, so a value that it did not show is not touched. Empty where no setting mends what fails, as on a Windows
 * that lacks the suites.
 */
export function remediationFor(diagnosis: Diagnosis): readonly Remedy[] {
  const { findings, recommendation } = diagnosis;
  return mendable.flatMap((code) => {
    const finding = findings.find((each) => each.code === code);
    // What the organisation withholds by a rule of its own is not a mistake of the PC.
    if (finding?.severity !== 'fail' || finding.variant === 'organisation') return [];
    const step = recommendation.reasons.includes(code) ? recommendation.step : null;
    return plansFor[code](diagnosis).map((plan) => writeDown(plan, step));
  });
}

function writeDown(plan: Plan, step: string | null): Remedy {
  const { kind, finding, policyPath, registry } = plan;
  return {
    kind,
    finding,
    step,
    policyPath,
    registry,
    regFile: registry.length === 0 ? null : regFile(registry),
    undoRegFile: registry.length === 0 ? null : undoRegFile(registry),
    commands: commandsFor(plan),
    undoCommands: undoCommandsFor(plan),
    intune: intuneScriptsFor(plan),
  };
}
