import type { Adapter } from './bot/adapter.ts';
import { type ChannelClient, createChannelClient } from './bot/helpdesk/channel-client.ts';
import { createGroupCheck } from './bot/helpdesk/group.ts';
import type { Config } from './config.ts';
import { graphAccess } from './graph-access.ts';
import { type ChannelPlace, channelReference } from './helpdesk/channel.ts';
import { joinPlaces, placeOf, readPlace, type Telling } from './helpdesk/place.ts';
import { createRoster, type Roster } from './helpdesk/roster.ts';
import type { HelpdeskChannelConfig } from './helpdesk-config.ts';
import type { Database } from './storage/connection.ts';
import { findSetting, putSetting } from './storage/settings.ts';

const settingKey = 'helpdesk-channel';

export type PlaceKeeper = {
  /** Null as long as the bot has heard nothing from the channel or its team. */
  place(): Promise<ChannelPlace | null>;
  learn(activity: Telling): Promise<void>;
};

/** Knows where the channel is, also after a restart and in other processes. */
export function createPlaceKeeper(database: Database, { id }: HelpdeskChannelConfig): PlaceKeeper {
  let known: ChannelPlace | null = null;
  const place = async () => {
    known ??= readPlace(await findSetting(database, settingKey), id);
    return known;
  };
  return {
    place,
    async learn(activity) {
      const before = await place();
      const told = joinPlaces(before, placeOf(activity, id));
      if (JSON.stringify(told) === JSON.stringify(before)) return;
      known = told;
      await putSetting(database, settingKey, JSON.stringify(told));
    },
  };
}

export type Channel = {
  readonly client: ChannelClient;
  readonly roster: Roster;
};

/** The channel as the bot reaches it: its threads, and who is in it. */
export function createChannel(
  config: Config,
  { group }: HelpdeskChannelConfig,
  adapter: Pick<Adapter, 'connect'>,
  place: PlaceKeeper['place'],
  now: () => Date,
): Channel {
  const client = createChannelClient(adapter.connect);
  const known = async () => {
    const found = await place();
    if (found === null) throw new Error('Nothing was heard from the channel of the helpdesk yet.');
    return channelReference(found);
  };
  const roster = createRoster({
    // In local mode nobody signs in, so whoever is in the channel is an agent.
    member: async (id) =>
      config.mode === 'local' ? { id, channelId: id, name: id } : client.member(await known(), id),
    members: async () => client.members(await known()),
    inGroup: group === null || config.mode === 'local' ? null : groupCheck(config, group),
    now,
  });
  return { client, roster };
}

function groupCheck(config: Extract<Config, { mode: 'teams' }>, group: string) {
  return createGroupCheck({ ...graphAccess(config), group });
}
