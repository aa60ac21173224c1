import assert from 'node:assert/strict';
import { type AppFiles, checkApp } from '../../manifest/check.ts';
import { readAppFiles } from '../../manifest/pack.ts';
import { fillPlaceholders, readManifestSettings } from '../../manifest/settings.ts';

describe('the settings of the app', () => {
  const own = {
    MICROSOFT_APP_ID: '11111111-2222-3333-4444-555555555555',
    PUBLIC_URL: 'https://bot.contoso.example:8443/handshake',
    ORGANISATION_NAME: 'Contoso',
    TEAMS_WEBSITE_URL: 'https://contoso.example',
    TEAMS_PRIVACY_URL: 'https://contoso.example/privacy',
    TEAMS_TERMS_URL: 'https://contoso.example/terms',
  };

  it('are examples as long as there is no app id', () => {
    assert.equal(readManifestSettings({ PUBLIC_URL: own.PUBLIC_URL }, '1.0.0').kind, 'dry-run');
  });

  it('are never half examples: whatever is missing is named', () => {
    const { PUBLIC_URL: _url, TEAMS_TERMS_URL: _terms, ...partial } = own;
    assert.deepEqual(readManifestSettings(partial, '1.0.0'), {
      kind: 'incomplete',
      missing: ['PUBLIC_URL', 'TEAMS_TERMS_URL'],
    });
  });

  it('fill every placeholder, the domain without scheme, port and path', () => {
    const settings = readManifestSettings(own, '1.0.0');
    assert.equal(settings.kind, 'upload');
    const files = readAppFiles('values' in settings ? settings.values : {});
    assert.deepEqual(checkApp(files), []);
    const manifest = json(files, 'manifest.json');
    assert.equal(manifest.bots[0].botId, own.MICROSOFT_APP_ID);
    assert.equal(manifest.id, own.MICROSOFT_APP_ID);
    assert.equal(manifest.developer.name, 'Contoso');
    assert.deepEqual(manifest.validDomains, ['bot.contoso.example']);
  });

  it('may give the app an id of its own', () => {
    const id = '99999999-2222-3333-4444-555555555555';
    const settings = readManifestSettings({ ...own, TEAMS_APP_ID: id }, '1.0.0');
    const manifest = json(readAppFiles('values' in settings ? settings.values : {}), 'manifest.json');
    assert.equal(manifest.id, id);
    assert.equal(manifest.bots[0].botId, own.MICROSOFT_APP_ID);
  });

  it("ask to read the messages of a team's channels only where the helpdesk has one", () => {
    const manifestWith = (env: Record<string, string>) => {
      const settings = readManifestSettings({ ...own, ...env }, '1.0.0');
      const files = readAppFiles('values' in settings ? settings.values : {});
      assert.deepEqual(checkApp(files), []);
      return json(files, 'manifest.json');
    };
    const manifest = manifestWith({ HELPDESK_CHANNEL: '19:abc@thread.tacv2' });
    assert.deepEqual(manifest.authorization.permissions.resourceSpecific, [
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
    ]);
    assert.equal(manifest.webApplicationInfo.id, own.MICROSOFT_APP_ID);
    assert.equal(manifestWith({}).authorization, undefined);
  });

  it('do not turn quotes or dollar signs into something else', () => {
    assert.deepEqual(fillPlaceholders(['{{NAME}}'], { NAME: 'A "$&" B' }), ['A "$&" B']);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a manifest is looked into freely here.
function json(files: AppFiles, name: string): any {
  return JSON.parse(Buffer.from(files.get(name) ?? []).toString('utf8'));
}
