import assert from 'node:assert/strict';
import type { JWTPayload } from 'jose';
import type { BadSignature } from '../doubles/token-issuer.ts';
import { type ApiWorld, startApiWorld, tenant } from './api-world.ts';

describe('Whoever calls the API', function () {
  this.timeout(60_000);
  let world: ApiWorld;
  before(async () => {
    world = await startApiWorld();
  });
  after(() => world.close());

  it('comes in with a token of the tenant that has an app role', async () => {
    assert.equal((await world.ask('GET', '/api/notices', { as: 'maria' })).status, 200);
  });

  const hour = 3_600;
  const now = () => Math.floor(Date.now() / 1_000);
  const hostile: Readonly<Record<string, (claims: JWTPayload) => JWTPayload>> = {
    'has expired': (claims) => ({ ...claims, exp: now() - hour }),
    'is not valid yet': (claims) => ({ ...claims, nbf: now() + hour }),
    'never expires': ({ exp: _, ...claims }) => claims,
    'has no beginning': ({ nbf: _, ...claims }) => claims,
    'is made out to another API': (claims) => ({ ...claims, aud: 'https://graph.microsoft.com' }),
    'is made out to several, this one included': (claims) => ({ ...claims, aud: [String(claims.aud), 'x'] }),
    'is made out to nobody': ({ aud: _, ...claims }) => claims,
    'is of another issuer': (claims) => ({ ...claims, iss: 'https://login.example/v2.0' }),
    'is of version 1.0': (claims) => ({ ...claims, iss: `https://sts.windows.net/${tenant}/`, ver: '1.0' }),
    'is of another tenant': (claims) => ({ ...claims, tid: '99999999-3f62-4c6e-9d50-7f1f2b0c0001' }),
    'names no tenant': ({ tid: _, ...claims }) => claims,
    'names nobody': ({ oid: _, ...claims }) => claims,
    'names somebody by no id': (claims) => ({ ...claims, oid: "' or 1=1" }),
    'has roles in another form': (claims) => ({ ...claims, roles: 'Notices.Author' }),
  };
  for (const [what, change] of Object.entries(hostile)) {
    it(`is refused with a token that ${what}`, async () => {
      await refused(await world.issuer.sign(change(world.claims('maria'))));
    });
  }

  const signatures: readonly BadSignature[] = [
    ...(['forged signature', 'unknown key', 'unsigned', 'public key as a secret'] as const),
    'another algorithm',
  ];
  for (const how of signatures) {
    it(`is refused with a token that has: ${how}`, async () => {
      await refused(await world.issuer.signBadly(how, world.claims('maria')));
    });
  }

  for (const token of ['', 'x', 'a.b.c', `${'a'.repeat(20_000)}.b.c`, 'a.b.c.d.e']) {
    it(`is refused with no token at all: ${JSON.stringify(token.slice(0, 12))}`, async () => {
      const answer = await world.ask('GET', '/api/notices', {
        headers: { Authorization: `Bearer ${token}` },
      });
      assert.ok([401, 431].includes(answer.status), String(answer.status));
    });
  }

  it('may do nothing without a role', async () => {
    const token = await world.issuer.sign(world.claims('maria', { roles: [] }));
    const { status, body } = await world.ask('GET', '/api/notices', { token });
    assert.equal(status, 403);
    assert.match(body.detail, /Notices\.Author or Notices\.Approver or Notices\.Auditor/);
  });

  it('may read only what the role is for', async () => {
    assert.equal((await world.ask('GET', '/api/notices/audit', { as: 'maria' })).status, 403);
    assert.equal((await world.ask('GET', '/api/notices/audit', { as: 'olga' })).status, 200);
  });

  it('may try again when the keys cannot be read', async () => {
    const down = await startApiWorld({
      checkToken: async () => ({ kind: 'unavailable', error: new Error('a secret address') }),
    });
    const answer = await down.ask('GET', '/api/notices', { as: 'maria' });
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '60']);
    assert.doesNotMatch(answer.text, /secret/);
    await down.close();
  });

  it('asks for the keys once', async () => {
    const before = world.issuer.counts.keys;
    for (let n = 0; n < 5; n++) await world.ask('GET', '/api/notices', { as: 'noah' });
    assert.equal(world.issuer.counts.keys, before);
  });

  async function refused(token: string): Promise<void> {
    const answer = await world.ask('GET', '/api/notices', { token });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.doesNotMatch(answer.text, /ERR_|claim|signature/i);
  }
});
