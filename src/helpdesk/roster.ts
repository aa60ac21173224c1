import type { Agent } from '../domain/handoff.ts';

/** Somebody in the channel; `channelId` is the channel's own id for them. */
export type RosterMember = Agent & { readonly channelId: string };

export type RosterParts = {
  /** Null when nobody of that id is in the channel. Rejects when it cannot be told. */
  readonly member: (id: string) => Promise<RosterMember | null>;
  readonly members: () => Promise<readonly RosterMember[]>;
  /** Whether they are in the Entra group of the agents; null where no group is set. */
  readonly inGroup: ((entraId: string) => Promise<boolean>) | null;
  readonly now: () => Date;
};

export type Standing = 'agent' | 'stranger' | 'unknown';

export type Roster = {
  /** Whether the one with this id of the channel works on tickets, as of now. Never throws. */
  standing(channelId: string): Promise<Standing>;
  /** Everyone in the channel, for lists to choose from; some minutes old at most, empty when it is not to be had. */
  people(): Promise<readonly Agent[]>;
  /** The agent with this id or name; null when there is none, or when several have the name. */
  find(idOrName: string): Promise<Agent | null>;
};

const fresh = 10 * 60_000;

export function createRoster(parts: RosterParts): Roster {
  let kept: { readonly people: readonly RosterMember[]; readonly at: number } | null = null;

  async function listed(): Promise<readonly RosterMember[]> {
    const now = parts.now().getTime();
    if (kept !== null && now - kept.at < fresh) return kept.people;
    const people = await parts.members().catch(() => kept?.people ?? []);
    kept = { people: people.toSorted((a, b) => a.name.localeCompare(b.name)), at: now };
    return kept.people;
  }

  async function isAgent(member: RosterMember | null): Promise<boolean> {
    if (member === null) return false;
    return parts.inGroup === null || (await parts.inGroup(member.id));
  }

  return {
    async standing(channelId) {
      try {
        return (await isAgent(await parts.member(channelId))) ? 'agent' : 'stranger';
      } catch {
        return 'unknown';
      }
    },
    people: async () => (await listed()).map(agentOf),
    async find(idOrName) {
      const wanted = idOrName.trim().toLowerCase();
      const named = (await listed()).filter(
        ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
      );
      const [only] = named;
      if (only === undefined || named.length > 1) return null;
      // The list may be old: whether they still belong is asked afresh.
      const found = await parts.member(only.channelId).catch(() => null);
      return (await isAgent(found).catch(() => false)) ? agentOf(only) : null;
    },
  };
}

function agentOf({ id, name }: RosterMember): Agent {
  return { id, name };
}
