import assert from 'node:assert/strict';
import { loadWording } from '../../src/cards/wording.ts';
import { diffPolicy } from '../../src/policy/commands.ts';
import { loadPolicyHistory, PolicyInvalid, readOrganisationPolicy } from '../../src/policy/organisation.ts';

const good = `
rules:
  - name: Proxy of the branch offices
    source: https://wiki.example/proxy
    from: 2026-01-01
    allows-only:
      protocols: [TLS 1.2]
      suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
accepted:
  - kind: root
    name: Example Inspection Root
    source: https://wiki.example/root
`;

describe("An organisation's policy file", () => {
  it('adds rules and accepted things to the built-in history', () => {
    const { rules, accepted } = readOrganisationPolicy('policy.yaml', good);
    assert.deepEqual(rules, [
      {
        name: 'Proxy of the branch offices',
        source: 'https://wiki.example/proxy',
        allows: { protocol: ['TLS 1.2'], suite: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'] },
        from: '2026-01-01',
        until: null,
      },
    ]);
    assert.equal(accepted[0]?.name, 'Example Inspection Root');
  });

  it('may be empty', () => {
    assert.deepEqual(readOrganisationPolicy('policy.yaml', ''), { rules: [], accepted: [] });
  });

  for (const [what, text, problem] of [
    [
      'a day that does not exist',
      good.replace('2026-01-01', '2026-02-30'),
      /policy\.yaml:5: .*such as 2026-04-01/,
    ],
    ['a word that nobody knows', good.replace('allows-only', 'allow'), /policy\.yaml:3: /],
    [
      'a suite by the name that OpenSSL has',
      good.replace('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'),
      /policy\.yaml:8: expected the IANA name.*ECDHE-RSA/,
    ],
    [
      'a rule that allows nothing in particular',
      'rules:\n  - name: a\n    source: b\n    allows-only: {}\n',
      /policy\.yaml:4: .*at least one/,
    ],
    [
      'days in the wrong order',
      good.replace('from: 2026-01-01', 'from: 2026-01-02\n    until: 2026-01-01'),
      /"until" not to be before/,
    ],
    ['no YAML', 'rules: [', /policy\.yaml:1: /],
  ] as const) {
    it(`is refused by line when it holds ${what}`, () => {
      assert.throws(
        () => readOrganisationPolicy('policy.yaml', text),
        (error) => error instanceof PolicyInvalid && problem.test(error.message),
      );
    });
  }

  it('that cannot be read is refused with the reason', () => {
    assert.throws(() => loadPolicyHistory('no-such-folder/policy.yaml'), /ENOENT/);
  });
});

describe('handshake policy diff', () => {
  it('says what changes, since when, by which source, and for whom', () => {
    const { code, out } = diff('2026-03-31', '2026-04-02');
    assert.equal(code, 0);
    assert.match(
      out,
      /2026-04-01: .*no longer accepted.*TLS_DHE_RSA_WITH_AES_256_GCM_SHA384\n {2}Source: https/,
    );
    assert.match(out, /Windows 7 SP1: works → at risk/);
    assert.match(out, /= Windows Server 2025: works/);
  });

  it('says when nothing changes', () => {
    assert.match(diff('2026-05-01', '2026-05-02').out, /Nothing changes/);
  });

  for (const [before, after] of [
    ['2026-13-01', '2026-04-02'],
    ['2026-04-02', '2026-03-31'],
  ] as const) {
    it(`refuses ${before} ${after} and says what it expected`, () => {
      const { code, errors } = diff(before, after);
      assert.equal(code, 2);
      assert.match(errors, /^Expected/);
    });
  }
});

function diff(before: string, after: string) {
  const lines: string[] = [];
  const wrong: string[] = [];
  const ports = { write: (line: string) => lines.push(line), writeError: (line: string) => wrong.push(line) };
  const code = diffPolicy(loadPolicyHistory(null), { before, after }, loadWording('en'), ports);
  return { code, out: lines.join('\n'), errors: wrong.join('\n') };
}
