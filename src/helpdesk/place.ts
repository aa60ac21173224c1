import { z } from 'zod';
import type { ChannelPlace } from './channel.ts';

/** What an activity of the channel or its team tells about where the channel is. */
export function placeOf(
  { serviceUrl, recipient, conversation, channelData }: Telling,
  channelId: string,
): ChannelPlace {
  const parsed = teamData.safeParse(channelData);
  const data = parsed.success ? parsed.data : {};
  return {
    channelId,
    serviceUrl,
    tenantId: conversation.tenantId ?? data.tenant?.id ?? null,
    bot: { id: recipient?.id ?? '', name: recipient?.name ?? '' },
    groupId: data.team?.aadGroupId ?? null,
  };
}

/** The parts of an activity that tell it. */
export type Telling = {
  readonly serviceUrl: string;
  readonly recipient?: { readonly id: string; readonly name?: string };
  readonly conversation: { readonly tenantId?: string };
  readonly channelData?: unknown;
};

const teamData = z.object({
  tenant: z.object({ id: z.string() }).optional(),
  team: z.object({ aadGroupId: z.string().nullish() }).optional(),
});

const place = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  tenantId: z.string().nullable(),
  bot: z.object({ id: z.string(), name: z.string() }),
  groupId: z.string().nullable(),
});

/** Reads a place as it was kept; another channel of the same team is reached the same way. */
export function readPlace(kept: string | undefined, channelId: string): ChannelPlace | null {
  if (kept === undefined) return null;
  const parsed = place.safeParse(JSON.parse(kept));
  return parsed.success ? { ...parsed.data, channelId } : null;
}

/** What is known, with what a new activity tells; not every activity names the team's group. */
export function joinPlaces(known: ChannelPlace | null, told: ChannelPlace): ChannelPlace {
  return {
    ...told,
    groupId: told.groupId ?? known?.groupId ?? null,
    tenantId: told.tenantId ?? known?.tenantId ?? null,
  };
}
