import assert from 'node:assert/strict';
import { type ApiWorld, someDraft, startApiWorld } from './api-world.ts';

describe('Notices by HTTP', function () {
  this.timeout(60_000);
  let world: ApiWorld;
  before(async () => {
    world = await startApiWorld();
  });
  after(() => world.close());

  it('are written, submitted, approved by somebody else, and followed', async () => {
    const created = await world.ask('POST', '/api/notices', { as: 'maria', body: someDraft });
    assert.deepEqual([created.status, created.headers.get('etag')], [201, '"0"']);
    const path = created.headers.get('location') ?? '';
    const { id } = created.body;
    const submitted = await world.act(id, { do: 'submit' }, 'maria', '"0"');
    assert.deepEqual(submitted.body.status, { at: 'awaiting-approval' });
    assert.equal(submitted.body.total, 60);
    const approved = await world.act(id, { do: 'approve' }, 'noah', '"1"');
    assert.deepEqual(approved.body.status, { at: 'scheduled' });
    assert.equal(approved.body.approver.name, 'noah');
    const progress = await world.ask('GET', `${path}/progress`, { as: 'olga' });
    assert.deepEqual([progress.body.total, progress.body.states.queued], [60, 60]);
    const audit = await world.ask('GET', `${path}/audit`, { as: 'olga' });
    assert.deepEqual(
      audit.body.entries.map(({ what, by }: { what: string; by: { via: string } }) => [what, by.via]),
      [
        ['approve', 'api'],
        ['submit', 'api'],
        ['create', 'api'],
      ],
    );
  });

  it('are not approved by their author, though they have the role', async () => {
    const { id } = await world.write();
    await world.act(id, { do: 'submit' }, 'maria');
    const token = await world.issuer.sign(
      world.claims('maria', { roles: ['Notices.Author', 'Notices.Approver'] }),
    );
    const answer = await world.ask('POST', `/api/notices/${id}/actions`, {
      ...{ token, body: { do: 'approve' }, headers: { 'If-Match': '*' } },
    });
    assert.deepEqual([answer.status, answer.body.code], [403, 'own-notice']);
  });

  it('may be written by a program, and never be approved by one', async () => {
    const written = await world.ask('POST', '/api/notices', { as: 'robot', body: someDraft });
    assert.equal(written.status, 201);
    const { id } = await world.write();
    await world.act(id, { do: 'submit' }, 'maria');
    const approve = await world.act(id, { do: 'approve' }, 'robot');
    assert.deepEqual([approve.status, approve.body.code], [403, 'person-needed']);
    assert.equal((await world.act(id, { do: 'reject', reason: 'No.' }, 'robot')).status, 403);
  });

  it('change only for whoever has seen them as they are', async () => {
    const { id } = await world.write();
    const edit = (version?: string) =>
      world.ask('PUT', `/api/notices/${id}`, {
        ...{ as: 'maria', body: { ...someDraft, name: 'New' } },
        headers: version === undefined ? {} : { 'If-Match': version },
      });
    assert.equal((await edit()).status, 428);
    assert.equal((await edit('W/"0"')).status, 400);
    const edited = await edit('"0"');
    assert.deepEqual([edited.status, edited.body.name, edited.headers.get('etag')], [200, 'New', '"1"']);
    const late = await edit('"0"');
    assert.deepEqual([late.status, late.body.code], [412, 'changed-meanwhile']);
  });

  it('are previewed in the words that somebody of a class gets, or would get', async () => {
    const en = { title: '{day}: your {pc}', body: 'Hello {name}, {cause}. {organisation}, {contact}' };
    const de = { title: '{day}: Ihr {pc}', body: 'Guten Tag {name}' };
    const { id } = await world.write({ texts: { all: { en, de } } });
    const preview = (query: string) =>
      world.ask('GET', `/api/notices/${id}/preview?${query}`, { as: 'olga' }).then(({ body }) => body);
    const { title, body } = await preview('impact=will-break');
    assert.match(title, /^Wednesday, April 1, 2026: your Windows 10 PC$/);
    assert.match(body, /^Hello P000000, your last report shows .*\. Contoso, extension 4711$/);
    assert.match((await preview('impact=will-break&language=de-CH')).title, /^Mittwoch, 1\. April 2026/);
    assert.match((await preview('impact=at-risk')).body, /^Hello Maria Muster, the PC tries older ways/);
    const missing = await world.write({ texts: {} });
    const answer = await world.ask('GET', `/api/notices/${missing.id}/preview?impact=fine`, { as: 'olga' });
    assert.deepEqual([answer.status, answer.body.code], [422, 'text-missing']);
  });

  describe('sent again with the same key', () => {
    const keyed = (key: string, body: object = someDraft) =>
      world.ask('POST', '/api/notices', { as: 'maria', body, headers: { 'Idempotency-Key': key } });

    it('run once and give the first answer', async () => {
      const first = await keyed('k1');
      const again = await keyed('k1');
      assert.equal(again.text, first.text);
      assert.equal(again.headers.get('location'), first.headers.get('location'));
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
    });

    it('run once when they come at once', async () => {
      const answers = await Promise.all([keyed('k2'), keyed('k2'), keyed('k2')]);
      const written = new Set(answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : [])));
      assert.equal(written.size, 1);
      for (const { status } of answers) assert.ok(status === 201 || status === 409);
    });

    it('are refused when they ask for something else', async () => {
      await keyed('k3');
      const other = await keyed('k3', { ...someDraft, name: 'Other' });
      assert.deepEqual([other.status, other.body.code], [422, 'key-reused']);
    });

    it('are the request of another caller, who has keys of their own', async () => {
      const first = await keyed('k4');
      const other = await world.ask('POST', '/api/notices', {
        ...{ as: 'robot', body: someDraft, headers: { 'Idempotency-Key': 'k4' } },
      });
      assert.notEqual(other.body.id, first.body.id);
    });

    it('are forgotten after a day', async () => {
      const first = await keyed('k5');
      world.notices.pass(24 * 3_600 + 1);
      assert.notEqual((await keyed('k5')).body.id, first.body.id);
    });
  });

  const unusable: Readonly<Record<string, readonly [unknown, string]>> = {
    'without a name': [{ ...someDraft, name: ' ' }, 'name'],
    'with an unknown class': [{ ...someDraft, audience: { impact: ['doomed'] } }, 'audience.impact.0'],
    'with a day that there is not': [
      { ...someDraft, subject: { ...someDraft.subject, after: '2026-02-30' } },
      'subject.after',
    ],
    'with a source that is a script': [
      { ...someDraft, subject: { ...someDraft.subject, source: 'javascript:alert(1)' } },
      'subject.source',
    ],
    'with a misspelt part': [{ ...someDraft, schedul: {} }, ''],
  };
  for (const [what, [body, at]] of Object.entries(unusable)) {
    it(`are refused ${what}, and the answer names the part`, async () => {
      const answer = await world.ask('POST', '/api/notices', { as: 'maria', body });
      assert.deepEqual([answer.status, answer.body.code], [400, 'body-unusable']);
      assert.equal(answer.body.faults[0].at, at);
    });
  }

  it('are refused when they are no JSON, or too long', async () => {
    const post = (body: string, headers = {}) =>
      world.ask('POST', '/api/notices', { as: 'maria', body, headers });
    assert.equal((await post('{"name":')).status, 400);
    assert.equal((await post('name=x', { 'Content-Type': 'application/x-www-form-urlencoded' })).status, 415);
    assert.equal((await post(' '.repeat(1024 * 1024 + 1))).status, 413);
  });

  it('are answered as problems on paths and methods that there are not', async () => {
    assert.equal((await world.ask('GET', '/api/notices/a/b/c', { as: 'maria' })).body.code, 'no-such-path');
    assert.equal((await world.ask('GET', '/api/notices/N-0', { as: 'maria' })).body.code, 'not-found');
    const patch = await world.ask('PATCH', '/api/notices/N-1', { as: 'maria', body: {} });
    assert.deepEqual([patch.status, patch.headers.get('allow')], [405, 'GET, PUT']);
    assert.equal((await world.ask('GET', '/api/notices?limit=many', { as: 'maria' })).status, 400);
  });

  it('are reported as CSV that no spreadsheet runs', async () => {
    const own = await startApiWorld({
      desk: {
        ...world.notices.desk,
        find: async () => (await world.notices.desk.list(1))[0] ?? null,
        async *report() {
          yield [{ ...row, name: '=cmd|calc', site: 'Zürich, "West"', state: 'failed', reason: '413' }];
        },
      },
    });
    const answer = await own.ask('GET', '/api/notices/N-1/report?format=csv', { as: 'olga' });
    const [names, line] = answer.text.split('\r\n');
    assert.match(names ?? '', /,state,reason,reasonInWords,sentAt/);
    const words = 'the message is too big for Teams';
    assert.equal(line, `p1,'=cmd|calc,will-break,,,"Zürich, ""West""",failed,413,${words},,,,`);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
    await own.close();
  });

  it('are answered with no more than a word when something breaks', async () => {
    const broken = await startApiWorld({
      desk: { ...world.notices.desk, list: () => Promise.reject(new Error('password=hunter2')) },
    });
    const answer = await broken.ask('GET', '/api/notices', { as: 'maria' });
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.text, /hunter2/);
    assert.equal(broken.logged.at(-1)?.text, 'a request of the API failed');
    await broken.close();
  });

  it('are limited for each caller', async () => {
    const strict = await startApiWorld({ perMinute: 2 });
    const ask = () => strict.ask('GET', '/api/notices', { as: 'maria' });
    assert.deepEqual([(await ask()).status, (await ask()).status], [200, 200]);
    const full = await ask();
    assert.equal(full.status, 429);
    assert.ok(Number(full.headers.get('retry-after')) > 0);
    assert.equal((await strict.ask('GET', '/api/notices', { as: 'noah' })).status, 200);
    await strict.close();
  });
});

const row = {
  ...{ personId: 'p1', name: null, impact: 'will-break' as const, cause: null, os: null, site: null },
  ...{
    state: 'sent' as const,
    reason: null,
    sentAt: null,
    acknowledgedAt: null,
    checkedAt: null,
    fixedAt: null,
  },
};
