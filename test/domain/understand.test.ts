import assert from 'node:assert/strict';
import fc from 'fast-check';
import { looksLikeReport, understand } from '../../src/domain/understand.ts';
import type { Understanding } from '../../src/domain/understanding.ts';

const nothing: Understanding = {
  codes: [],
  os: null,
  bareOs: false,
  device: null,
  command: null,
  answer: null,
};
const DE40 = '0x8004de40';
const DE88 = '0x8004de88';

/** What is said, and all that is understood of it. */
type Row = readonly [said: string, understood: Partial<Understanding>];

function check(rows: readonly Row[]): void {
  for (const [said, understood] of rows) {
    it(JSON.stringify(said), () => assert.deepEqual(understand(said), { ...nothing, ...understood }));
  }
}

describe('a person describes the trouble', () => {
  check([
    ['getting 0x8004DE40 on my Windows 10 laptop since Monday', { codes: [DE40], os: 'windows-10' }],
    ['OneDrive says 0X8004DE88. We have windows 11 here', { codes: [DE88], os: 'windows-11' }],
    ['first it was 0x8004de88, today 0x8004de40', { codes: [DE88, DE40] }],
    ['0x8004de40 and again 8004DE40', { codes: [DE40] }],
    ['8004de40', { codes: [DE40] }],
    ['error de40', { codes: [DE40] }],
    ['DE88', { codes: [DE88] }],
    ['it shows 0x8oo4de4o', { codes: [DE40] }],
    ['Ox8004DE40', { codes: [DE40] }],
    ['0x 8004 de40', { codes: [DE40] }],
    ['0x8004-de40', { codes: [DE40] }],
    ['80 04 de 40', { codes: [DE40] }],
    ['x8004de40', { codes: [DE40] }],
    ['error0x8004de40', { codes: [DE40] }],
    ['0x8004de4 and 0x8004de400', {}],
    ['8004 files, 40 de 88', {}],
    ['8004 de88 on win11', { codes: [DE88], os: 'windows-11' }],
    ['0x80\u200b04\u00adde\u206040', { codes: [DE40] }],
    ['“0x8004de40”', { codes: [DE40] }],
    ['(Error Code: 0x8004de40)', { codes: [DE40] }],
    ['https://example.org/fix-0x8004de40-or-0x8004de88', { codes: [DE40, DE88] }],
    ['0x8004def7 storage full', { codes: ['0x8004def7'] }],
    ['error 0x80070005', { codes: ['0x80070005'] }],
    ['error code de12', { codes: ['0x8004de12'] }],
    ['<at>Handshake</at> windows&nbsp;10&nbsp;8004de40', { codes: [DE40], os: 'windows-10' }],
    ['Fehler 0x8004de40 unter Windows 7', { codes: [DE40], os: 'windows-7' }],
  ]);
});

describe('a person names the system', () => {
  check([
    ['windows 11', { os: 'windows-11' }],
    ['Windows 8.1', { os: 'windows-8.1' }],
    ['windows 8,1', { os: 'windows-8.1' }],
    ['Windows 8', { os: 'windows-8' }],
    ['Windows 7 SP1', { os: 'windows-7' }],
    ['win7sp1', { os: 'windows-7' }],
    ['win11', { os: 'windows-11' }],
    ['w10', { os: 'windows-10' }],
    ['Win 7', { os: 'windows-7' }],
    ['Windows® 10 Pro', { os: 'windows-10' }],
    ['windows version 11 22H2', { os: 'windows-11' }],
    ['Windows Server 2012 R2', { os: 'server-2012-r2' }],
    ['Windows 2012', { os: 'server-2012' }],
    ['server 2008r2', { os: 'server-2008-r2' }],
    ['Windows Server 2008 R2 Standard SP1', { os: 'server-2008-r2' }],
    ['2012 R2', { os: 'server-2012-r2' }],
    ['a 2019 server', { os: 'server-2019' }],
    ['srv2k16', {}],
    ['server 2k12 r2', { os: 'server-2012-r2' }],
    ['windows server version 2022', { os: 'server-2022' }],
    ['Server 2025 datacenter', { os: 'server-2025' }],
    ['it is build 22631', { os: 'windows-11' }],
    ['19045', { os: 'windows-10' }],
    ['Version 22H2 (OS Build 22621.3007)', { os: 'windows-11' }],
    ['26100', { os: 'windows-11' }],
    ['server, build 26100', { os: 'server-2025' }],
    ['server build 17763', { os: 'server-2019' }],
    ['version 10.0.19045.4046', { os: 'windows-10' }],
    ['6.1.7601', { os: 'windows-7' }],
    ['Windows XP', { os: 'other' }],
    ['windows vista home', { os: 'other' }],
    ['server 2003', { os: 'other' }],
    ['not windows 10, it’s windows 11', { os: 'windows-11' }],
    ["it isn't windows 10, it's 11", { os: 'windows-11' }],
    ['windows 11 not windows 10', { os: 'windows-11' }],
    ['upgraded from windows 8.1 to windows 10', { os: 'windows-10' }],
    ['windows 10. sorry, windows 11', { os: 'windows-11' }],
    ['i use a MacBook', { os: 'other', device: 'mac' }],
    ['macOS', { os: 'other', device: 'mac' }],
    ['on my iPhone', { os: 'other', device: 'phone' }],
    ['android', { os: 'other', device: 'phone' }],
    ['we run linux', { os: 'other', device: 'linux' }],
    ['a chromebook', { os: 'other', device: 'linux' }],
    ['my windows 10 laptop, the iphone is fine', { os: 'windows-10' }],
    ["it's a mac, not windows 10", { os: 'other', device: 'mac' }],
  ]);

  describe('with a number alone, which counts only where the system was asked for', () => {
    check([
      ['10', { os: 'windows-10', bareOs: true }],
      ['11.', { os: 'windows-11', bareOs: true }],
      ['8.1', { os: 'windows-8.1', bareOs: true }],
      ["it's 7, I think", { os: 'windows-7', bareOs: true }],
      ['10 pro', { os: 'windows-10', bareOs: true }],
      ['2016', { os: 'server-2016', bareOs: true }],
    ]);
  });

  describe('or only seems to', () => {
    check([
      ['it takes 10 minutes', {}],
      ['I restarted windows 10 minutes ago', {}],
      ['since 2019', {}],
      ['our servers since 2019', {}],
      ['windows', {}],
      ['22H2', {}],
      ['windows 10 or 11', {}],
      ['windows 10 and windows 11', {}],
      ['the mac address', {}],
      ['10 people have it', {}],
      ['server 2008', {}],
    ]);
  });
});

describe('a person asks the bot to do something', () => {
  const rows = {
    help: ['help', '?', 'Help!', 'please help me', 'what can you do?', 'Hilfe', 'ayuda', 'aide'],
    back: ['back', 'go back', 'previous', 'can we go back please?', 'zurück', 'no, go back'],
    'start-over': [
      'start over',
      'Restart the conversation',
      'reset chat',
      'let’s start over please',
      'von vorne',
    ],
    status: ['status', 'where are we?', 'ok, where are we now', 'what is the status of my case?'],
    cancel: ['cancel', 'stop', 'never mind', 'quit', 'please stop', 'abbrechen', 'annuler'],
    person: [
      'human',
      'agent',
      'helpdesk',
      'operator please',
      'support',
      'talk to a person',
      'I want to speak to someone',
      'can I talk to a real person?',
      'call me',
      'connect me with an agent',
      'contact the help desk',
      'speak to IT',
      'I NEED A HUMAN',
      "I don't want to talk to a bot I want a human",
      'ich möchte mit einem Menschen sprechen',
      'geht nicht, ich will mit einem Mitarbeiter reden',
      'give me someone from IT',
      'je veux parler à une personne',
      'quiero hablar con una persona',
    ],
    check: [
      'check my pc',
      'script',
      'scan',
      'check my PC for me please',
      'send me the script',
      'prüfe meinen PC',
    ],
    guide: ['guide me', 'step by step please', 'walk me through it', 'Schritt für Schritt'],
  } as const;
  for (const [command, sayings] of Object.entries(rows)) {
    describe(command, () => {
      for (const said of sayings) {
        it(JSON.stringify(said), () => assert.equal(understand(said).command, command));
      }
    });
  }

  describe('or only seems to', () => {
    for (const said of [
      'restart my PC',
      'should I reset OneDrive',
      'reset onedrive',
      'restart',
      "I don't want to talk to a person",
      "please don't call me",
      "don't cancel",
      "OneDrive won't start again",
      'the onedrive client stops and goes back to sign in',
      'can you help me with 0x8004de40',
      'it stops at the second screen',
      'my agentless scanner',
      'I connect it to the wifi',
    ]) {
      it(JSON.stringify(said), () => assert.equal(understand(said).command, null));
    }
  });
});

describe('a person answers', () => {
  const rows = {
    yes: ['yes', 'Yep', 'yeah', 'yes please', 'ok', 'sure', 'Ja', 'oui', 'sí', '👍', 'yes I am'],
    no: ['no', 'Nope', 'nah', 'not really', 'no, thanks', 'nein', 'non', '👎', "no I'm on wifi"],
    works: [
      'works',
      'it works now',
      'fixed',
      'Solved!',
      'that did it',
      'thanks, it works',
      'yes it works now',
      "hey it's working again",
      'the error is gone',
      'I can sign in',
      'it was broken but works now',
      'jetzt geht es',
      'Jetzt funktioniert es',
      'ça marche',
      'ya funciona',
    ],
    broken: [
      'broken',
      'still broken',
      "didn't work",
      'same error',
      'no luck',
      "it doesn't work now",
      'not fixed',
      'it is not working',
      'no, still the same',
      "it's not really fixed",
      'nothing works',
      'I still can’t sign in',
      'it worked but now it is broken again',
      "It still doesn't work, what now?",
      'geht nicht',
      'es funktioniert immer noch nicht',
      'ça ne marche pas',
      'no funciona',
    ],
    cannot: [
      "can't do this",
      'cannot',
      "I can't",
      "I'm not admin",
      'i am not an administrator',
      'no permission',
      'access denied',
      'the box is greyed out',
      "no luck, I don't have admin rights",
      'keine Rechte',
    ],
    unknown: [
      "don't know",
      'no idea',
      'not sure',
      'I have no clue',
      "I don't know if it works",
      'keine Ahnung',
    ],
    done: ['done', "that's all", 'finished', 'done, thanks'],
    greeting: ['hi', 'Hello!', 'hey there', 'good morning', 'Guten Tag', 'bonjour', 'hola'],
    thanks: [
      'thanks',
      'Thank you so much!',
      'thx',
      'great, thanks for your help',
      'danke',
      'merci',
      'gracias',
    ],
  } as const;
  for (const [answer, sayings] of Object.entries(rows)) {
    describe(answer, () => {
      for (const said of sayings) {
        it(JSON.stringify(said), () => assert.equal(understand(said).answer, answer));
      }
    });
  }

  describe('or only seems to', () => {
    for (const said of [
      'does it work?',
      'is it fixed?',
      'let me see if it works',
      'it worked yesterday',
      'it works on my phone but not here',
      'it works on the web',
      'no one can sign in',
      'how does this work',
      'I need this fixed today',
      'when will it be fixed?',
      'thanks in advance',
      'windows 10',
    ]) {
      it(JSON.stringify(said), () => assert.equal(understand(said).answer, null));
    }
  });
});

describe('a person says several things at once', () => {
  check([
    ['still broken, human please', { command: 'person', answer: 'broken' }],
    ['no, I have windows 11', { os: 'windows-11', answer: 'no' }],
    ['hi, 0x8004de40 on win 10', { codes: [DE40], os: 'windows-10', answer: 'greeting' }],
  ]);
});

describe('a long message', () => {
  const story = `Good morning, since the update on Monday OneDrive on my Windows 10 laptop shows 0x8004de40. I went back to
    the office, asked support, it works there, then stop. At home I do not know what to do next, please have a look.`;

  it('tells codes and the system, but gives no commands or answers', () => {
    assert.deepEqual(understand(story), { ...nothing, codes: [DE40], os: 'windows-10' });
  });

  it('takes a short code only after a word like "error"', () => {
    assert.deepEqual(understand(`${story} DE88 is our printer`).codes, [DE40]);
    assert.deepEqual(understand(`${story} My colleague has error DE88`).codes, [DE40, DE88]);
  });

  // Quadratic time would take minutes here, so that mocha's own limit decides.
  for (const unit of [
    '<at',
    '<at>x',
    'windows 10 or ',
    'name ',
    'tls_a',
    '&nbsp',
    '0x8004 ',
    '19045 ',
    'a = ',
    'not ',
  ]) {
    it(`is read in one pass, also when it is made of ${JSON.stringify(unit)}`, () => {
      const huge = unit.repeat(Math.ceil(200_000 / unit.length));
      assert.equal(understand(huge).answer, null);
    });
  }
});

describe('a pasted report', () => {
  const reports = [
    '=== HANDSHAKE REPORT 1 BEGIN ===\n[report]\nformat = handshake-report 1',
    'lines=12 sha256=unavailable ===\n=== HANDSHAKE REPORT 1 END lines=12 sha256=unavailable ===',
    'begin raw: Get-TlsCipherSuite\n| TLS_AES_128_GCM_SHA256',
    'TLS_DHE_RSA_WITH_AES_256_CBC_SHA\nTLS_RSA_WITH_NULL_SHA',
    'KeyType : 0\nName                  : TLS_RSA_WITH_AES_128_CBC_SHA\nProtocols : {771}',
    '  AzureAdJoined : YES\n DomainJoined : NO',
    '      AD Connectivity Test : PASS\n        DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\n    Value    REG_DWORD    0x1',
    'Windows Registry Editor Version 5.00',
    'Microsoft Windows [Version 10.0.19045.1]',
    'Microsoft Windows [versión 10.0.22631.1]',
    'Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).',
    'Aktuelle WinHTTP-Proxyeinstellungen:\n\n    Direktzugriff (kein Proxyserver).',
    'Paramètres de proxy WinHTTP actuels :\n\n    Accès direct (sans serveur proxy).',
    '[schannel]\ntls12.enabled = 1\ntls12.disabled-by-default = absent\ntls11.enabled = 0',
  ];
  for (const text of reports) {
    it(`is recognised: ${JSON.stringify(text.slice(0, 40))}`, () => assert.ok(looksLikeReport(text)));
    it(`gives no command and no answer: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const { command, answer } = understand(text);
      assert.deepEqual({ command, answer }, { command: null, answer: null });
    });
  }

  it('tells only codes of the OneDrive family, and leaves the system to the diagnosis', () => {
    const report = `[os]\nproduct = Windows 10 Pro\nbuild = 22631\nnt = 10.0\n${'DomainJoined : YES\n'.repeat(20)}
      DRS Discovery Test : FAIL [0x801c0021/0x80072ee2] and 0x8004de40`;
    assert.deepEqual(understand(report), { ...nothing, codes: [DE40] });
  });

  it('is not seen in a question about a setting', () => {
    for (const said of [
      'should I turn on TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384?',
      'netsh winhttp show proxy shows nothing',
      'what does AzureAdJoined mean',
      'a = b',
      '',
    ]) {
      assert.equal(looksLikeReport(said), false, said);
    }
  });
});

describe('any text at all', () => {
  it('is understood without an error', () => {
    const pieces = fc.constantFrom(
      '0x8004de40',
      'windows',
      '10',
      'not',
      "can't",
      '<at>',
      '&nbsp;',
      '?',
      'r2',
      '\u200b',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((a) => a.join(' ')),
    );
    fc.assert(
      fc.property(text, (said) => {
        const { codes } = understand(said);
        return codes.every((code) => /^0x8[0-9a-f]{7}$/.test(code)) && new Set(codes).size === codes.length;
      }),
    );
  });
});
