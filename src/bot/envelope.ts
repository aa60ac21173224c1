import type { Activity } from 'botbuilder';
import { z } from 'zod';

const id = z.string().min(1).max(1000);
const party = z.looseObject({ id });
const word = z.string().max(1000).nullish();

/** Invalid dates are dropped: nothing rests on them, and no message is refused for a clock's sake. */
const time = z
  .string()
  .nullish()
  .transform((text) => {
    const date = new Date(text ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date;
  });

/** The parts of an activity that the code relies on; everything else passes through unread. */
const envelope = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: id,
  conversation: z.looseObject({ id, tenantId: word }),
  from: party,
  recipient: party.optional(),
  name: word,
  locale: word,
  replyToId: word,
  text: z.string().nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string() })).nullish(),
  entities: z.array(z.looseObject({})).nullish(),
  membersAdded: z.array(party).nullish(),
  membersRemoved: z.array(party).nullish(),
  timestamp: time,
  localTimestamp: time,
  expiration: time,
});

export type Envelope =
  | { readonly kind: 'activity'; readonly activity: Activity }
  /** Names what is missing or malformed, such as `conversation.id`. */
  | { readonly kind: 'malformed'; readonly fields: readonly string[] };

export function readEnvelope(body: unknown): Envelope {
  const parsed = envelope.safeParse(body);
  if (parsed.success) return { kind: 'activity', activity: parsed.data as unknown as Activity };
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'body');
  return { kind: 'malformed', fields: [...new Set(fields)] };
}
