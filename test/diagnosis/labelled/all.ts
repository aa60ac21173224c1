import type { Labelled } from './labelled.ts';
import { outputCases } from './outputs.ts';
import { settingCases } from './settings.ts';
import { surroundingCases } from './surroundings.ts';
import { systemCases } from './systems.ts';
import { trapCases } from './traps.ts';

export const allCases: readonly Labelled[] = [
  ...systemCases,
  ...surroundingCases,
  ...settingCases,
  ...trapCases,
  ...outputCases,
];
