import assert from 'node:assert/strict';
import { createRedactor } from '../../src/redaction/redactor.ts';

describe('A name', () => {
  const rows: readonly (readonly [where: string, text: string, kept: string])[] = [
    ['of a profile folder', 'C:\\Users\\ivana\\Desktop', 'C:\\Users\\user-1\\Desktop'],
    ['of a profile folder with a blank', '"C:\\Users\\Ivana Petrova"', '"C:\\Users\\user-1"'],
    ['of a profile folder in a sentence', 'C:\\Users\\ivana is mine', 'C:\\Users\\user-1 is mine'],
    ['of a prompt', 'PS C:\\Users\\ivana> dir', 'PS C:\\Users\\user-1> dir'],
    ['of a Mac', '/Users/ivana/Library', '/Users/user-1/Library'],
    ['of an account', 'I am NORTHWIND\\ivana.', 'I am domain-1\\user-1.'],
    ['of an account in JSON', '"NORTHWIND\\\\ivana"', '"domain-1\\\\user-1"'],
    ['in an address', 'ivana.petrova@northwind.example', 'mail-1'],
    ['in the address of a guest', 'ivana_northwind.example#EXT#@fabrikam.example', 'mail-1'],
    ['in the address behind a scheme', 'mailto:ivana@northwind.example', 'mailto:mail-1'],
    ['of a server', '\\\\FS-7\\share', '\\\\host-1\\share'],
    ['of a computer in dsregcmd', '   Device Name : FS-7', '   Device Name : host-1'],
    [
      'of a computer in one long line',
      'Device Name : FS-7 User State A : NO',
      'Device Name : host-1 User State A : NO',
    ],
    ['of a computer in the registry', 'ComputerName    REG_SZ    FS-7', 'ComputerName    REG_SZ    host-1'],
    ['of a computer in a .reg file', '"ComputerName"="FS-7"', '"ComputerName"="host-1"'],
    ['of a computer in CLIXML', '<S N="PSComputerName">FS-7</S>', '<S N="PSComputerName">host-1</S>'],
    ['of a computer as Windows names them', 'it is DESKTOP-8F2K1QZ', 'it is host-1'],
    ['of the owner', 'Registrierter Benutzer:  Ivana Petrova', 'Registrierter Benutzer:  user-1'],
    ['of a tenant', 'TenantName : Northwind Traders Ltd', 'TenantName : domain-1'],
    [
      'of a tenant in a host',
      'https://northwind-my.sharepoint.com/x',
      'https://domain-1-my.sharepoint.com/x',
    ],
    ['of a tenant in a folder', '\\OneDrive - Northwind Traders\\a.txt', '\\OneDrive - domain-1\\a.txt'],
    ['of a domain', 'USERDNSDOMAIN=corp.northwind.example', 'USERDNSDOMAIN=domain-1'],
    [
      'of a domain in an issuer',
      'CN=Gate CA, DC=northwind, DC=example',
      'CN=Gate CA, DC=domain-1, DC=domain-2',
    ],
    [
      'of a proxy',
      'user.server = http=gate:80;https=gate:443',
      'user.server = http=host-1:80;https=host-1:443',
    ],
    [
      'of a proxy with a password',
      'user.server = http://ivana:s3cret@gate.northwind.example:80',
      'user.server = http://token-1@host-1:80',
    ],
    [
      'of a proxy in netsh',
      'Aktuelle WinHTTP-Proxyeinstellungen:\n\n  Proxyserver:  gate:8080',
      'Aktuelle WinHTTP-Proxyeinstellungen:\n\n  Proxyserver:  host-1:8080',
    ],
    [
      'of a proxy that is a bare IPv6 address',
      'Current WinHTTP proxy settings:\n\n  Proxy server:  2001:db8:c0a7::46:113',
      'Current WinHTTP proxy settings:\n\n  Proxy server:  ip-1',
    ],
    [
      'in the address of a proxy script',
      'user.auto-config-url = http://gate.lan:81/ivana/wpad.dat?x',
      'user.auto-config-url = http://host-1:81/path',
    ],
    [
      'of a host that was tried',
      'northwind-my.sharepoint.com.tls12 = ok',
      'domain-1-my.sharepoint.com.tls12 = ok',
    ],
    [
      'in no language that is known',
      'Ordinafn:   FS-7\nKerfi:    Microsoft Windows 10 Pro',
      'Ordinafn:   host-1\nKerfi:    Microsoft Windows 10 Pro',
    ],
  ];
  for (const [where, text, kept] of rows) {
    it(`${where} is replaced`, () => assert.equal(createRedactor().redact(text), kept));
  }
});

describe('An id', () => {
  const guid = '3f0c9a1e-5b7d-4e42-9c61-77ab10c2d4e8';
  const rows: readonly (readonly [what: string, text: string, kept: string])[] = [
    ['of a tenant', `TenantId : ${guid}`, 'TenantId : tenant-1'],
    [
      'of a tenant in an address',
      `https://login.microsoftonline.com/${guid}/oauth2`,
      'https://login.microsoftonline.com/tenant-1/oauth2',
    ],
    ['of a device', `DeviceId : ${guid}`, 'DeviceId : id-1'],
    [
      'of a tenant, also where nothing says so',
      `${guid}\nTenantId : ${guid}`,
      'tenant-1\nTenantId : tenant-1',
    ],
    ['of a certificate', 'Thumbprint : 77AB10C2D4E83F0C9A1E', 'Thumbprint : id-1'],
    ['of a network card', 'at 00-1A-2B-3C-4D-5E', 'at id-1'],
    ['of an account', 'HKEY_USERS\\S-1-5-21-77-88-99-1104\\Software', 'HKEY_USERS\\sid-1\\Software'],
    ['of an account in the cloud', 'S-1-12-1-11-22-33-44', 'sid-1'],
    ['of a session', 'Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln', 'Bearer token-1'],
    ['of a session that lost its tail', 'eyJhbGciOiJub25lIn0', 'token-1'],
    ['of a code in an address', 'http://localhost/?code=M.C5_BAY.2.U.1a2b', 'http://localhost/?code=token-1'],
    ['of a code behind a label', 'AuthCode: 0.AXoAhello-there_2345', 'AuthCode: token-1'],
    ['that is a password', 'my password is S3cret!', 'my password is token-1'],
    ['that is an address', '10.20.30.40 and fe80::1c2:3 and ::ffff:10.20.30.40', 'ip-1 and ip-2 and ip-3'],
  ];
  for (const [what, text, kept] of rows) {
    it(`${what} is replaced`, () => assert.equal(createRedactor().redact(text), kept));
  }
});

describe('What is no name', () => {
  const rows: readonly (readonly [what: string, text: string])[] = [
    ['a version', 'version = 10.0.1.2\nBuild 6.1.2.3\nVersión: 10.1.2.3\nv1.2.3.4'],
    ['a version of five parts', '1.2.3.4.5'],
    ['a version with a long part', 'Microsoft Windows [Version 10.0.19045.4046]'],
    ['this PC itself', '127.0.0.1 ::1 localhost 0.0.0.0 255.255.255.0'],
    ['a host of the probes', 'device.login.microsoftonline.com.dns = ok\noneclient.sfx.ms.tcp443 = timeout'],
    ['a public authority', 'issuer = CN=DigiCert TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US'],
    [
      'a registry path',
      'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp',
    ],
    ['the rest of a path', 'on\\Internet Settings\\WinHttp'],
    ['a list as reg.exe shows it', 'EccCurves    REG_MULTI_SZ    NistP384\\0secp256r1\\0NistP256'],
    ['a folder of nobody', 'C:\\Users\\Public\\Desktop and C:\\Users\\Default\\x'],
    ['a built-in account', 'NT AUTHORITY\\SYSTEM and S-1-5-18'],
    ['a time', '2026-05-04T09:30:00Z at 12:34:56'],
    ['a checksum', `sha256=${'0a1b'.repeat(16)}`],
    ['the error code', 'error code = 0x8004de40, code: 0x8004de88'],
    ['a key with dots', 'user.secure-protocols = 0xa80\nSystem.Collections.Generic.List wininet.dll'],
    [
      'a missing name',
      'Device Name :\nTenantName : \nuser.server = absent\nuser.server = unreadable: it holds a name or password',
    ],
    ['a direct connection', 'Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).'],
    ['a PC in no domain', 'Domain: WORKGROUP'],
  ];
  for (const [what, text] of rows) {
    it(`stays: ${what}`, () => assert.equal(createRedactor().redact(text), text));
  }
});

describe('The same name', () => {
  it('gets the same pseudonym in each text, whatever its capitals', () => {
    const { redact } = createRedactor();
    assert.equal(redact('C:\\Users\\Ivana\\a\nUSERNAME=petra'), 'C:\\Users\\user-1\\a\nUSERNAME=user-2');
    assert.equal(redact('PETRA asked ivana, not ivanas'), 'user-2 asked user-1, not ivanas');
  });

  it('is found where nothing announces it, before and after', () => {
    const text =
      'hello from fs-7\nDevice Name : FS-7.northwind.example\nnorthwind.example, NORTHWIND, ping fs-7';
    assert.equal(
      createRedactor().redact(text),
      'hello from host-1\nDevice Name : host-1\ndomain-1, domain-1, ping host-1',
    );
  });

  it('is not looked for when it is an everyday word of the report', () => {
    const text = 'Device Name : Enabled\nUSERNAME=ok\nEnabled : 0\nx.dns = ok';
    assert.equal(createRedactor().redact(text), text);
    assert.equal(createRedactor().redact('C:\\Users\\Client\\x\n\\Client'), 'C:\\Users\\user-1\\x\n\\Client');
  });

  it('is found although a console cut it in two', () => {
    const wide = 'x'.repeat(80 - 'C:\\Users\\ivana.pe'.length);
    assert.equal(
      createRedactor().redact(`${wide}C:\\Users\\ivana.pe\r\ntrova\\a\r\n`),
      `${wide}C:\\Users\\user-1\r\n\\a\r\n`,
    );
    const line = 'y'.repeat(79 - ' petra@north'.length);
    assert.equal(createRedactor().redact(`${line} petra@north\nwind.example.`), `${line} mail-1\n.`);
  });

  it('is found under what chats and consoles put over it', () => {
    for (const disguised of [
      'iv\u200bana@northwind.example',
      'ivana&#64;northwind.example',
      'ivana%40northwind.example',
      'iva\u00adna\uff20northwind\uff0eexample',
      'iv\u001b[0mana\u001b[31m@northwind.example',
    ]) {
      assert.match(createRedactor().redact(`(${disguised})`), /^\(mail-1\)$/);
    }
    assert.equal(
      createRedactor().redact('Device\u00a0Name\u00a0:\u00a0FS-7'),
      'Device\u00a0Name\u00a0:\u00a0host-1',
    );
    assert.equal(createRedactor().redact('C:\\Users\\iva\\_na\\x'), 'C:\\Users\\user-1\\x');
  });
});

describe('Counting', () => {
  it('goes on after the pseudonyms that are there', () => {
    assert.equal(
      createRedactor().redact('user-3 host-1\nC:\\Users\\ivana\\x, ping 10.20.30.40'),
      'user-3 host-1\nC:\\Users\\user-4\\x, ping ip-1',
    );
    assert.equal(createRedactor(['mail-6 in a report']).redact('ivana@northwind.example'), 'mail-7');
  });

  it('leaves pseudonyms alone that stand side by side, or behind a hyphen', () => {
    const text = 'domain-1-host-2.sharepoint.com\n-domain-3.sharepoint.com';
    assert.equal(createRedactor().redact(text), text);
  });

  it('leaves a text alone that a script has redacted', () => {
    const text = [
      'C:\\Users\\user-1> reg query HKU\\sid-1',
      'Device Name : host-1',
      'TenantName : domain-1',
      'TenantId : tenant-1',
      'user.server = http://host-2:8080',
      'user.auto-config-url = http://host-3:81/path',
      'issuer = CN=Gate CA, DC=domain-2',
      'domain-1\\user-1, mail-1, ip-1, id-1, token-1, \\\\host-1\\share',
    ].join('\r\n');
    assert.equal(createRedactor().redact(text), text);
  });
});
