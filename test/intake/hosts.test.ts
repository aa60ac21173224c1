import assert from 'node:assert/strict';
import { checkTarget, hostOf, isAllowedAddress } from '../../src/intake/hosts.ts';

const tenant = { allowedHosts: ['contoso.sharepoint.com', '*.files.contoso.example'], allowLoopback: false };
const local = { allowedHosts: ['contoso.sharepoint.com'], allowLoopback: true };

describe('a URL that names a file', () => {
  for (const url of [
    'https://contoso.sharepoint.com/download?tempauth=x',
    'https://CONTOSO.sharepoint.com:443/x',
    'https://eu.files.contoso.example/x',
  ]) {
    it(`is followed: ${url}`, () => assert.ok(checkTarget(url, tenant)));
  }

  for (const url of [
    'http://contoso.sharepoint.com/x',
    'https://contoso-my.sharepoint.com/x',
    'https://contoso.sharepoint.com.evil.example/x',
    'https://evil-contoso.sharepoint.com/x',
    'https://contoso.sharepoint.com./x',
    'https://contoso.sharepoint.com:8443/x',
    'https://user:secret@contoso.sharepoint.com/x',
    'https://contoso.sharepoint.com@evil.example/x',
    'https://files.contoso.example/x',
    'https://evilfiles.contoso.example/x',
    'https://203.0.113.9/x',
    'https://[2001:db8::1]/x',
    'https://0x7f000001/x',
    'https://2130706433/x',
    'http://127.0.0.1/x',
    'http://localhost/x',
    'file:///etc/passwd',
    'data:text/plain,report',
    'ftp://contoso.sharepoint.com/x',
    '//contoso.sharepoint.com/x',
    'not a url',
    '',
  ]) {
    it(`is refused: ${url}`, () => assert.equal(checkTarget(url, tenant), null));
  }

  it('may be this machine in local mode, over http', () => {
    for (const url of [
      'http://127.0.0.1:50/x',
      'http://localhost:50/x',
      'http://[::1]:50/x',
      'http://0x7f.1/x',
    ]) {
      assert.ok(checkTarget(url, local), url);
    }
  });

  it('is no other machine over http, in local mode either', () => {
    for (const url of ['http://10.0.0.1/x', 'http://169.254.169.254/x', 'http://contoso.sharepoint.com/x']) {
      assert.equal(checkTarget(url, local), null, url);
    }
  });

  it('is logged as its host alone', () => {
    assert.equal(
      hostOf('https://user:pw@contoso.sharepoint.com/a?tempauth=secret'),
      'contoso.sharepoint.com',
    );
    assert.equal(hostOf('nonsense'), 'invalid');
  });
});

describe('an address that a name leads to', () => {
  const host = 'contoso.sharepoint.com';

  for (const address of ['13.107.136.8', '52.105.0.1', '2620:1ec:8f8::8', '::ffff:13.107.136.8']) {
    it(`is used when it is public: ${address}`, () => assert.ok(isAllowedAddress(address, host, tenant)));
  }

  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '168.63.129.16',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:168.63.129.16',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    'nonsense',
  ]) {
    it(`is refused: ${address}`, () => assert.equal(isAllowedAddress(address, host, tenant), false));
  }

  it('is this machine only for its own names, and in local mode', () => {
    assert.ok(isAllowedAddress('127.0.0.1', 'localhost', local));
    assert.equal(isAllowedAddress('127.0.0.1', 'localhost', tenant), false);
    assert.equal(isAllowedAddress('127.0.0.1', host, local), false);
    assert.equal(isAllowedAddress('13.107.136.8', 'localhost', local), false);
  });
});
