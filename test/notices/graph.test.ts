import assert from 'node:assert/strict';
import { createInstallFor, createMembersOf } from '../../src/notices/graph.ts';
import { GroupUnavailable } from '../../src/notices/people.ts';
import { bodyOf, json, jsonOf, listen, send, type WireAnswer } from '../doubles/http-double.ts';

const group = 'a0a0a0a0-1111-4222-8333-c0c0c0c0c0c0';
const ada = '0a0a0a0a-1111-4222-8333-444444444444';
const ben = '0b0b0b0b-1111-4222-8333-444444444444';

/** A Graph that gives these answers in turn; each may name its own address. */
async function withGraph<T>(
  answers: readonly ((url: string) => WireAnswer)[],
  work: (parts: { graph: string; token: () => Promise<string> }) => Promise<T>,
) {
  const asked: unknown[] = [];
  let turn = 0;
  const server = await listen(async (request, response) => {
    const body = await bodyOf(request);
    asked.push([
      request.method,
      request.url,
      request.headers.authorization,
      body.length > 0 ? jsonOf(body) : null,
    ]);
    const answer = answers[turn++];
    send(answer === undefined ? json(500, {}) : answer(server.url), response);
  });
  try {
    return { asked, outcome: await work({ graph: server.url, token: async () => 'token' }), url: server.url };
  } finally {
    await server.close();
  }
}

const path = `/v1.0/groups/${group}/transitiveMembers/microsoft.graph.user?$select=id&$top=999`;

describe('The members of an Entra group', () => {
  it('are read page by page, nested groups included', async () => {
    const { asked, outcome } = await withGraph(
      [
        (url) =>
          json(200, { value: [{ id: ada.toUpperCase() }], '@odata.nextLink': `${url}/v1.0/next?page=2` }),
        () => json(200, { value: [{ id: ben }] }),
      ],
      (parts) => createMembersOf(parts)(group),
    );
    assert.deepEqual([...outcome], [ada, ben]);
    assert.deepEqual(asked, [
      ['GET', path, 'Bearer token', null],
      ['GET', '/v1.0/next?page=2', 'Bearer token', null],
    ]);
  });

  it('are nobody when a page fails: half a list is none', async () => {
    const page = (url: string) => json(200, { value: [{ id: ada }], '@odata.nextLink': `${url}/v1.0/next` });
    const read = withGraph([page, () => json(403, {})], (parts) => createMembersOf(parts)(group));
    await assert.rejects(read, GroupUnavailable);
  });

  it('are never asked of another host, whatever the page before names', async () => {
    const page = () => json(200, { value: [], '@odata.nextLink': 'https://elsewhere.example/next' });
    const read = withGraph([page], (parts) => createMembersOf(parts)(group));
    await assert.rejects(read, /another host/);
  });

  it('are not asked for by what is no object id', async () => {
    const read = withGraph([], (parts) => createMembersOf(parts)('../users'));
    await assert.rejects(read, GroupUnavailable);
  });
});

describe('The app of somebody who does not have it', () => {
  const install = (status: number) =>
    withGraph([() => json(status, {})], (parts) => createInstallFor(parts, 'catalogue-id')(ada));

  it('is installed by its id in the catalogue', async () => {
    const { asked, outcome, url } = await install(201);
    const body = { 'teamsApp@odata.bind': `${url}/v1.0/appCatalogs/teamsApps/catalogue-id` };
    assert.deepEqual(asked, [['POST', `/v1.0/users/${ada}/teamwork/installedApps`, 'Bearer token', body]]);
    assert.deepEqual(outcome, { kind: 'installed' });
  });

  it('is there already, or refused with the status of Graph', async () => {
    assert.deepEqual((await install(409)).outcome, { kind: 'already' });
    assert.deepEqual((await install(403)).outcome, { kind: 'refused', status: 403 });
  });
});
