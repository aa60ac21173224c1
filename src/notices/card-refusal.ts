import { type Consequence, consequenceOf, type Reference } from './send-outcome.ts';

/**
 * What a card that Teams refused tells of whoever should have it, by the same rules as a notice; `reason` is the status
 * and Teams' code, such as `403 ConversationBlockedByUser`.
 */
export function lossOf(
  reason: string,
  { activityId, reference }: { readonly activityId: string | null; readonly reference: Reference },
): Pick<Consequence, 'reach' | 'forget'> {
  const [status, code = null] = reason.split(' ');
  // A message that was deleted says nothing of the chat that it was in.
  if (status === '404' && activityId !== null && code !== 'ConversationNotFound') return {};
  const refused = { kind: 'refused', status: Number(status), code } as const;
  const { reach, forget } = consequenceOf(refused, { attempts: 1, reference, entraId: null });
  return { ...(reach === undefined ? {} : { reach }), ...(forget === undefined ? {} : { forget }) };
}
