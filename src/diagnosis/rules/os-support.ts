import { fact } from '../facts.ts';
import { createRule, outcome } from './rule.ts';
import { sources } from './sources.ts';

const outOfSupport = /^(?:windows-(?:7|8|8\.1)|server-(?:2008-r2|2012|2012-r2))$/;
/** https://learn.microsoft.com/lifecycle/products/windows-10-home-and-pro */
const windows10Ends = '2025-10-14';

/** OneDrive ended on Windows 7 to 8.1: personal sync on 2022-03-01, business with Windows on 2023-01-10. */
export const osSupport = createRule('os-support', sources.oneDrive, ({ facts, policy, system }) => {
  const family = fact(facts, 'os.family');
  if (system?.family === undefined || system.family === null) return outcome('unknown', 'unknown');
  if (outOfSupport.test(system.family)) return outcome('warn', 'out-of-support', family);
  if (system.family === 'windows-10' && policy.date > windows10Ends) {
    return outcome('info', 'windows-10-ended', family);
  }
  return outcome('pass', 'supported', family);
});
