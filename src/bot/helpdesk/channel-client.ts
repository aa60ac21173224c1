import type { ConversationParameters, ConversationReference } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import type { ReplyOutcome } from '../turn-store.ts';

type Connect = (serviceUrl: string) => Promise<ConnectorClient>;
type Activity = NonNullable<ConversationParameters['activity']>;

/** How opening a thread ended; `sent` names the root. */
export type OpenThread = (
  channel: Partial<ConversationReference>,
  activity: Partial<Activity>,
) => Promise<ReplyOutcome>;

/** Somebody in the channel; `id` is the Entra object id where Teams gives it. */
export type Member = { readonly id: string; readonly channelId: string; readonly name: string };

export type ChannelClient = {
  readonly openThread: OpenThread;
  /** Null when nobody of that id is in the channel. Rejects when Teams does not tell. */
  member(channel: Partial<ConversationReference>, id: string): Promise<Member | null>;
  members(channel: Partial<ConversationReference>): Promise<readonly Member[]>;
};

export function createChannelClient(connect: Connect): ChannelClient {
  const conversations = async ({ serviceUrl }: Partial<ConversationReference>) =>
    (await connect(serviceUrl ?? '')).conversations;
  return {
    async openThread(channel, activity) {
      try {
        const created = await (await conversations(channel)).createConversation(opening(channel, activity));
        return { kind: 'sent', activityId: rootOf(created.id) ?? created.activityId ?? null };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async member(channel, id) {
      try {
        const found = await (await conversations(channel)).getConversationMember(idOf(channel), id);
        return readMember(found);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    members: async (channel) => listMembers(await conversations(channel), idOf(channel)),
  };
}

function opening(
  { bot, conversation }: Partial<ConversationReference>,
  activity: Partial<Activity>,
): ConversationParameters {
  return {
    isGroup: true,
    bot: bot as ConversationParameters['bot'],
    tenantId: conversation?.tenantId,
    channelData: { channel: { id: conversation?.id } },
    activity: activity as Activity,
  } as ConversationParameters;
}

/** Teams answers `19:…;messageid=ROOT`. */
function rootOf(id: string | undefined): string | null {
  const marker = ';messageid=';
  const at = id?.lastIndexOf(marker) ?? -1;
  const root = at < 0 ? '' : (id ?? '').slice(at + marker.length);
  return /^\d{1,40}$/.test(root) ? root : null;
}

const page = 200;
/** More than any list to choose from; a team may have 25,000. */
const mostPages = 5;

async function listMembers(
  conversations: ConnectorClient['conversations'],
  channel: string,
): Promise<readonly Member[]> {
  const found: Member[] = [];
  let continuationToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const { members, continuationToken: next } = memberPage.parse(
      await conversations.getConversationPagedMembers(channel, pageAfter(continuationToken)),
    );
    found.push(...members.flatMap((member) => readMember(member) ?? []));
    if (!next) break;
    continuationToken = next;
  }
  return found;
}

const account = z.object({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
});

/** The SDK's type wants a token for the first page too. */
function pageAfter(continuationToken: string | undefined) {
  const options = { pageSize: page, ...(continuationToken === undefined ? {} : { continuationToken }) };
  return options as { pageSize: number; continuationToken: string };
}

const memberPage = z.object({
  members: z.array(z.unknown()).default([]),
  continuationToken: z.string().nullish(),
});

function readMember(value: unknown): Member | null {
  const parsed = account.safeParse(value);
  if (!parsed.success) return null;
  const { id, name, aadObjectId, objectId } = parsed.data;
  return { id: aadObjectId ?? objectId ?? id, channelId: id, name: name ?? id };
}

function isMissing(error: unknown): boolean {
  return z.object({ statusCode: z.literal(404) }).safeParse(error).success;
}

function idOf({ conversation }: Partial<ConversationReference>): string {
  return conversation?.id ?? '';
}
