import type { Diagnose } from './bot/interpret.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import type { Knowledge } from './domain/decision.ts';
import { stepsDone } from './domain/evidence.ts';
import { articleOf } from './domain/learn.ts';
import type { PolicyHistory } from './domain/policy.ts';
import { routeFor } from './domain/route.ts';

/** Judges a report by the policy of today and along the article of the case. */
export function createDiagnose(knowledge: Knowledge, history: PolicyHistory, now: () => Date): Diagnose {
  return (text, about) => {
    const article = articleOf(about, knowledge);
    const os = about.os === 'other' || about.os === 'unknown' ? null : about.os;
    return diagnose(text, {
      at: now().toISOString().slice(0, 10),
      history,
      os,
      route: (system) => routeFor(article, system),
      done: (device) => stepsDone(about, device),
    });
  };
}
