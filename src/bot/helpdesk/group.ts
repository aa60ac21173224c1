import { z } from 'zod';
import type { TeamsConfig } from '../../config.ts';

export type GroupParts = {
  /** Base address of Microsoft Graph. */
  readonly graph: string;
  readonly token: () => Promise<string>;
  /** Object id of the Entra group. */
  readonly group: string;
  readonly timeoutMilliseconds?: number;
};

const hosts: Readonly<Record<TeamsConfig['cloud'], string>> = {
  public: 'https://graph.microsoft.com',
  gcc: 'https://graph.microsoft.com',
  'gcc-high': 'https://graph.microsoft.us',
  dod: 'https://dod-graph.microsoft.us',
};

/** "National cloud deployments" of the Microsoft Graph documentation. */
export function graphOf(cloud: TeamsConfig['cloud']): string {
  return hosts[cloud];
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const found = z.object({ value: z.array(z.string()) });

/**
 * Whether somebody is in the group, nested groups included: `checkMemberGroups` of Microsoft Graph v1.0, which needs
 * the application permission User.ReadBasic.All with GroupMember.Read.All. Rejects when Graph does not tell.
 */
export function createGroupCheck(parts: GroupParts): (entraId: string) => Promise<boolean> {
  const { graph, token, group, timeoutMilliseconds = 10_000 } = parts;
  return async (entraId) => {
    if (!guid.test(entraId)) return false;
    const response = await fetch(`${graph}/v1.0/users/${entraId}/checkMemberGroups`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ groupIds: [group] }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (response.status === 404) return false;
    if (!response.ok) throw new Error(`Microsoft Graph answered ${response.status} to checkMemberGroups.`);
    return found.parse(await response.json()).value.some((id) => id.toLowerCase() === group.toLowerCase());
  };
}
