import { z } from 'zod';
import { GroupUnavailable } from './people.ts';

export type GraphParts = {
  /** Base address of Microsoft Graph, such as `https://graph.microsoft.com`. */
  readonly graph: string;
  readonly token: () => Promise<string>;
  readonly timeoutMilliseconds?: number;
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A group of more pages than this, 999 people each, is not read to its end. */
const mostPages = 1_000;

const membersPage = z.object({
  value: z.array(z.object({ id: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

/**
 * Everybody in an Entra group, nested groups included: `transitiveMembers/microsoft.graph.user` of Microsoft Graph v1.0,
 * which needs the application permission GroupMember.Read.All. Ids in lower case. Throws GroupUnavailable.
 */
export function createMembersOf(parts: GraphParts): (group: string) => Promise<ReadonlySet<string>> {
  return async (group) => {
    if (!guid.test(group)) throw new GroupUnavailable('Expected the object id of an Entra group.');
    const members = new Set<string>();
    const first = `${parts.graph}/v1.0/groups/${group}/transitiveMembers/microsoft.graph.user?$select=id&$top=999`;
    let next: string | undefined = first;
    for (let pages = 0; next !== undefined; pages += 1) {
      if (pages === mostPages)
        throw new GroupUnavailable(`Group ${group} has over ${mostPages} pages of members.`);
      const page: z.infer<typeof membersPage> = await readPage(parts, group, next);
      for (const { id } of page.value) members.add(id.toLowerCase());
      next = page['@odata.nextLink'];
    }
    return members;
  };
}

async function readPage(parts: GraphParts, group: string, url: string): Promise<z.infer<typeof membersPage>> {
  // The token goes where Graph is and nowhere else, whatever the answer before says.
  if (new URL(url, parts.graph).origin !== new URL(parts.graph).origin) {
    throw new GroupUnavailable(`Microsoft Graph names another host for the next page of group ${group}.`);
  }
  try {
    const response = await ask(parts, url, 'GET');
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return membersPage.parse(await response.json());
  } catch (cause) {
    throw new GroupUnavailable(
      `Microsoft Graph did not name the members of group ${group}. ` +
        'Check that the group exists and that the app has GroupMember.Read.All.',
      { cause },
    );
  }
}

/** `refused` carries the status; the app catalogue id may be wrong, or the permission is missing. */
export type Installed =
  | { readonly kind: 'installed' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly status: number };

/**
 * Installs the bot's own app for somebody who does not have it, so that they can be written to: `POST
 * /users/{id}/teamwork/installedApps` of Microsoft Graph v1.0, with TeamsAppInstallation.ReadWriteSelfForUser.All.
 * `appId` is the app's id in the tenant's catalogue. Rejects when Graph cannot be reached.
 */
export function createInstallFor(parts: GraphParts, appId: string): (entraId: string) => Promise<Installed> {
  return async (entraId) => {
    if (!guid.test(entraId)) return { kind: 'refused', status: 400 };
    const app = `${parts.graph}/v1.0/appCatalogs/teamsApps/${appId}`;
    const body = JSON.stringify({ 'teamsApp@odata.bind': app });
    const url = `${parts.graph}/v1.0/users/${entraId}/teamwork/installedApps`;
    const { status, ok } = await ask(parts, url, 'POST', body);
    if (ok) return { kind: 'installed' };
    return status === 409 ? { kind: 'already' } : { kind: 'refused', status };
  };
}

async function ask(
  { token, timeoutMilliseconds = 10_000 }: GraphParts,
  url: string,
  method: 'GET' | 'POST',
  body?: string,
): Promise<Response> {
  const headers = { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' };
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return fetch(url, { method, headers, redirect: 'error', signal, ...(body === undefined ? {} : { body }) });
}
