import assert from 'node:assert/strict';
import { createGroupCheck } from '../../src/bot/helpdesk/group.ts';
import { bodyOf, json, jsonOf, listen, send, type WireAnswer } from '../doubles/http-double.ts';

const group = 'a0a0a0a0-1111-4222-8333-b0b0b0b0b0b0';
const ana = '00000000-aaaa-4bbb-8ccc-000000000001';

/** A Graph that answers so, and what it was asked. */
async function askGraph(answer: WireAnswer, id = ana) {
  const asked: unknown[] = [];
  const server = await listen(async (request, response) => {
    asked.push([request.method, request.url, request.headers.authorization, jsonOf(await bodyOf(request))]);
    send(answer, response);
  });
  const isIn = createGroupCheck({ graph: server.url, token: async () => 'token', group });
  const outcome = await isIn(id).catch((error: Error) => error.message);
  await server.close();
  return { asked, outcome };
}

describe("The Entra group of the helpdesk's people", () => {
  it('is asked about in the form of Graph, nested groups included', async () => {
    const { asked, outcome } = await askGraph(json(200, { value: [group.toUpperCase()] }));
    const path = `/v1.0/users/${ana}/checkMemberGroups`;
    assert.deepEqual(asked, [['POST', path, 'Bearer token', { groupIds: [group] }]]);
    assert.equal(outcome, true);
  });

  it('has nobody in it whom Graph does not name, or does not know', async () => {
    assert.equal((await askGraph(json(200, { value: [] }))).outcome, false);
    assert.equal((await askGraph(json(404, {}))).outcome, false);
  });

  it('is never asked about an id that is no object id', async () => {
    const { asked, outcome } = await askGraph(json(200, { value: [group] }), '29:ana/../x');
    assert.deepEqual([asked, outcome], [[], false]);
  });

  it('is not guessed when Graph refuses', async () => {
    const { outcome } = await askGraph(json(403, { error: { code: 'Authorization_RequestDenied' } }));
    assert.match(String(outcome), /answered 403/);
  });
});
