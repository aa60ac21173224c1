import type { Outgoing } from './ticket-store.ts';

/** All that is needed to speak in the helpdesk's channel; learnt from what comes out of its team. */
export type ChannelPlace = {
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly tenantId: string | null;
  readonly bot: { readonly id: string; readonly name: string };
  /** Entra id of the team's group, for links; null while no activity has told it. */
  readonly groupId: string | null;
};

/** How a message gets into a thread: by a conversation id of its own, or in reply to the root. */
export type ThreadPlacement = 'conversation' | 'reply';

/** A conversation reference of the channel itself. */
export function channelReference({ channelId, serviceUrl, tenantId, bot }: ChannelPlace): Outgoing {
  return {
    channelId: 'msteams',
    serviceUrl,
    bot,
    conversation: { id: channelId, isGroup: true, conversationType: 'channel', tenantId, name: '' },
  };
}

/** A conversation reference whose messages land in the thread below the root. */
export function threadReference(place: ChannelPlace, rootId: string, placement: ThreadPlacement): Outgoing {
  const reference = channelReference(place);
  switch (placement) {
    case 'reply':
      return { ...reference, activityId: rootId };
    case 'conversation': {
      const id = `${place.channelId};messageid=${rootId}`;
      return { ...reference, conversation: { ...(reference.conversation as object), id } };
    }
  }
}

/**
 * Address of a thread for people, as in "Create deep links" of the Teams developer documentation; null where the
 * tenant or the team's group is not known.
 */
export function threadLink({ channelId, tenantId, groupId }: ChannelPlace, rootId: string): string | null {
  if (tenantId === null || groupId === null) return null;
  const query = new URLSearchParams({ tenantId, groupId, parentMessageId: rootId });
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(channelId)}/${rootId}?${query}`;
}

/** `19:…@thread.tacv2;messageid=1` is a thread in the channel `19:…@thread.tacv2`. */
export function splitThread(conversation: string): { readonly base: string; readonly root: string | null } {
  const [base = '', ...rest] = conversation.split(';');
  const root = rest.find((part) => part.startsWith('messageid='))?.slice('messageid='.length);
  return { base, root: root === undefined || root === '' ? null : root };
}
