import assert from 'node:assert/strict';
import { loadArticle } from '../../src/articles/load.ts';
import { readArticleText } from '../../src/articles/texts.ts';
import type { Node } from '../../src/domain/article.ts';
import { progress, startOf, stepsFor, targetOf } from '../../src/domain/article-walk.ts';
import { type FindingCode, findingCodes } from '../../src/domain/diagnosis.ts';
import { allOs, type Os, osFamilies } from '../../src/domain/os.ts';

const article = loadArticle('onedrive-sign-in');
const modern: readonly Os[] = [
  'windows-11',
  'windows-10',
  'server-2016',
  'server-2019',
  'server-2022',
  'server-2025',
];

/** Every link of the published article; relative ones resolved as its site resolves them. */
const publishedLinks = [
  'https://go.microsoft.com/fwlink/?linkid=871051',
  'https://learn.microsoft.com/microsoft-365/compliance/tls-1.0-and-1.1-deprecation-for-office-365',
  'https://learn.microsoft.com/windows-server/security/tls/manage-tls#configuring-tls-cipher-suite-order-by-using-group-policy',
  'https://learn.microsoft.com/powershell/module/tls/enable-tlsciphersuite?view=windowsserver2019-ps&preserve-view=true',
  'https://learn.microsoft.com/azure/frontdoor/front-door-faq#what-are-the-current-cipher-suites-supported-by-azure-front-door-&preserve-view=true',
  'https://download.microsoft.com/download/0/6/5/0658B1A7-6D2E-474F-BC2C-D69E5B9E9A68/MicrosoftEasyFix51044.msi',
  'https://support.microsoft.com/topic/update-to-enable-tls-1-1-and-tls-1-2-as-default-secure-protocols-in-winhttp-in-windows-c4bd73d2-31d7-761e-0178-11268bb10392',
  'https://www.catalog.update.microsoft.com/search.aspx?q=kb3140245',
  'https://learn.microsoft.com/security-updates/securitybulletins/2015/ms15-055#workarounds',
  'https://learn.microsoft.com/troubleshoot/windows-server/identity/apps-forcibly-closed-tls-connection-errors',
  'https://support.microsoft.com/en-us/office/reset-onedrive-34701e00-bf7b-42db-b960-84905399050c',
  'https://learn.microsoft.com/microsoft-365/compliance/technical-reference-details-about-encryption?view=o365-worldwide#tls-cipher-suites-supported-by-office-365&preserve-view=true',
  'https://learn.microsoft.com/microsoft-365/compliance/prepare-tls-1.2-in-office-365?view=o365-worldwide&preserve-view=true',
  'https://learn.microsoft.com/sharepoint/troubleshoot/administration/authentication-errors-windows7',
];

describe('The OneDrive article, walked by every code and system', () => {
  for (const code of article.codes) {
    for (const os of allOs) {
      it(`never strands anyone with ${code} on ${os}`, () => {
        const ways = waysOf(os);
        const exits = new Set(ways.map((way) => way.at(-1)));
        assert.deepEqual([...exits].sort(), ['person', 'solved']);
        for (const way of ways) assert.equal(new Set(way).size, way.length, `a circle: ${way.join(' > ')}`);
      });
    }
  }

  it('keeps every way under fifteen steps', () => {
    for (const os of allOs) {
      const first = nodeOf(startOf(article, os));
      assert.ok(progress(article, first, os, []).total < 15, os);
    }
  });

  it('goes from harmless to drastic on every way', () => {
    const rank = { harmless: 0, settings: 1, drastic: 2 };
    for (const way of allOs.flatMap(waysOf)) {
      const ranks = way.flatMap((id) => {
        const node = article.nodes.get(id);
        return node?.kind === 'step' ? [rank[node.impact]] : [];
      });
      assert.deepEqual(
        ranks,
        ranks.toSorted((a, b) => a - b),
        way.join(' > '),
      );
    }
  });
});

describe('The OneDrive article, compared with the published one', () => {
  /** Which systems the published article gives each section to. */
  const published: Readonly<Record<string, readonly Os[]>> = {
    A0: allOs,
    A1: allOs,
    W1: ['windows-10'],
    W2: ['windows-10'],
    W3: ['windows-10'],
    L1: ['windows-7', 'windows-8', 'server-2008-r2', 'server-2012'],
    L2: ['windows-8'],
    L3: ['server-2012'],
    L4: ['windows-7', 'windows-8', 'server-2008-r2', 'server-2012'],
    Z1: osFamilies,
    R: allOs,
  };

  for (const [section, systems] of Object.entries(published)) {
    it(`leads to section ${section} on ${systems.length === allOs.length ? 'every system' : systems.join(', ')}`, () => {
      for (const os of systems) {
        const sections = new Set(
          waysOf(os).flatMap((way) => way.map((id) => article.nodes.get(id)?.section)),
        );
        assert.ok(sections.has(section), os);
      }
    });
  }

  it('retells the sections that were published, and no others', () => {
    assert.deepEqual([...article.sections].sort(), Object.keys(published).sort());
  });

  it('gives the DHE workaround to Server 2012 alone', () => {
    const systems = allOs.filter((os) => stepsFor(article, os).some((step) => step.id === 'disable-dhe'));
    assert.deepEqual(systems, ['server-2012']);
  });

  for (const url of publishedLinks) {
    it(`keeps the link ${url.replace('https://', '').slice(0, 70)}`, () => {
      const cited = [...article.nodes.values()].flatMap((node) => node.sources.map((source) => source.url));
      assert.ok(cited.includes(url));
    });
  }
});

describe('The OneDrive article, where the published one misleads', () => {
  const corrected = [
    'tls-deprecation',
    'tls-protocols',
    'cipher-check',
    'cipher-enable',
    'cipher-policy',
    'join-gate',
    'work-account',
    'rejoin',
    'easy-fix',
    'kb3140245',
    'disable-dhe',
    'cipher-check-legacy',
  ];

  for (const id of corrected) {
    it(`shows both sides and cites the newer page at "${id}"`, () => {
      const node = nodeOf(id);
      assert.notEqual(node.section, 'beyond');
      assert.deepEqual([...new Set(node.sources.map((source) => source.as))].sort(), ['article', 'today']);
      const wording = readArticleText('onedrive-sign-in').wordings.find(({ language }) => language === 'en');
      const words = new RegExp(`^${id}:\\n(?:  .*\\n)+`, 'm').exec(wording?.text ?? '')?.[0] ?? '';
      assert.match(words, /^ {2}articleSays:/m);
      assert.match(words, /^ {2}today:/m);
    });
  }

  it('writes no registry value that switches on anything older than TLS 1.2', () => {
    const older = 0x8 | 0x20 | 0x80 | 0x200;
    for (const command of allCommands()) {
      const value = /DefaultSecureProtocols .*\/d (\S+)/.exec(command)?.[1];
      if (value !== undefined) assert.equal(Number(value) & older, 0, command);
      assert.doesNotMatch(command, /TLS 1\.[01]\\/);
    }
  });

  it('offers leaving and joining only after the question about the kind of device', () => {
    for (const way of allOs.flatMap(waysOf).filter((candidate) => candidate.includes('rejoin'))) {
      assert.equal(way[way.indexOf('rejoin') - 1], 'join-gate');
    }
    assert.equal(targetOf(nodeOf('join-gate'), 'hybrid', 'windows-10'), 'rejoin');
    for (const other of ['entra', 'registered', 'none', 'unknown']) {
      assert.notEqual(targetOf(nodeOf('join-gate'), other, 'windows-10'), 'rejoin', other);
    }
  });

  it('knows from a report that an Entra joined computer must not leave', () => {
    const steps = stepsFor(article, 'windows-11', [{ name: 'join.state', value: 'entra', line: 7 }]);
    assert.ok(steps.some((step) => step.id === 'work-account'));
    assert.ok(!steps.some((step) => step.id === 'rejoin'));
  });

  it('has leave and join in no other step', () => {
    const holders = [...article.nodes.values()].filter((node) =>
      commandsOf(node).includes('dsregcmd /leave'),
    );
    assert.deepEqual(holders, [nodeOf('rejoin')]);
  });

  it('sends no old Windows to a cmdlet that it does not have', () => {
    for (const os of osFamilies.filter((family) => !modern.includes(family))) {
      const commands = waysOf(os).flatMap((way) => way.flatMap((id) => commandsOf(article.nodes.get(id))));
      for (const command of commands) assert.doesNotMatch(command, /TlsCipherSuite|TlsEccCurve|dsregcmd/, os);
    }
  });

  it('says on every old Windows that OneDrive is out of support there', () => {
    for (const os of osFamilies) {
      const told = stepsFor(article, os).some((step) => step.id === 'support-ended');
      assert.equal(told, !modern.includes(os), os);
    }
  });
});

describe('The OneDrive article, asked for what mends a finding', () => {
  const onlyModern: readonly FindingCode[] = ['join-state'];
  const onlyOld: readonly FindingCode[] = ['os-support'];

  for (const os of osFamilies) {
    it(`has a step for each finding on ${os}`, () => {
      const mended = new Set(stepsFor(article, os).flatMap((step) => step.addresses));
      const missing = findingCodes.filter((code) => !mended.has(code));
      assert.deepEqual(missing, modern.includes(os) ? onlyOld : onlyModern);
    });
  }

  it('tries the cipher list before the policy behind it', () => {
    const steps = stepsFor(article, 'windows-10').filter((step) => step.addresses.includes('cipher-suites'));
    assert.deepEqual(
      steps.map((step) => step.id),
      ['cipher-enable', 'cipher-policy'],
    );
  });
});

function waysOf(os: Os): readonly (readonly string[])[] {
  function from(id: string, way: readonly string[]): readonly (readonly string[])[] {
    const node = article.nodes.get(id);
    if (node === undefined || way.includes(id)) return [[...way, id]];
    const targets = new Set(answersOf(node).map((answer) => targetOf(node, answer, os)));
    return [...targets].flatMap((target) => from(target, [...way, id]));
  }
  return from(startOf(article, os), []);
}

function answersOf(node: Node): readonly string[] {
  if (node.kind === 'question') return node.options.map((option) => option.id);
  return node.kind === 'step' ? ['works', 'broken', 'cannot'] : ['person'];
}

function nodeOf(id: string): Node {
  const node = article.nodes.get(id);
  assert.ok(node, id);
  return node;
}

function commandsOf(node: Node | undefined): readonly string[] {
  return node === undefined || node.kind === 'end' ? [] : node.commands;
}

function allCommands(): readonly string[] {
  return [...article.nodes.values()].flatMap(commandsOf);
}
