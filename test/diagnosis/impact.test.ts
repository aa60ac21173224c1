import assert from 'node:assert/strict';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { impactOnDefaults, standingOf } from '../../src/diagnosis/impact.ts';
import { windowsDefaults } from '../../src/diagnosis/windows-defaults.ts';
import type { PolicyHistory } from '../../src/domain/policy.ts';
import { policyAt } from '../../src/domain/policy.ts';
import { serviceHistory } from '../../src/domain/policy-history.ts';
import { findingOf } from './judging.ts';
import { buildReport } from './report-builder.ts';
import { route } from './route-builder.ts';

const builtIn: PolicyHistory = { service: serviceHistory, organisation: [] };

describe('Windows with the suites that it was installed with', () => {
  const impact = impactOnDefaults(policyAt(builtIn, '2026-03-31'), policyAt(builtIn, '2026-04-02'));

  for (const { os, release, before, after } of impact) {
    const isOld = /windows-[78]|2008|2012/.test(os);
    it(`${os} ${release} is ${isOld ? 'at risk' : 'fine'} once the DHE suites are retired`, () => {
      assert.deepEqual([before, after], ['pass', isOld ? 'warn' : 'pass']);
    });
  }

  for (const row of windowsDefaults) {
    for (const day of ['2026-03-31', '2026-04-02']) {
      it(`${row.os} ${row.release} is judged alike in a pasted list on ${day}`, () => {
        const text = row.suites.join('\n');
        const { findings } = diagnose(text, { at: day, os: row.os, route: () => route });
        assert.equal(findingOf(findings, 'cipher-suites').severity, standingOf(row, policyAt(builtIn, day)));
      });
    }
  }
});

describe("An organisation's rule", () => {
  const speaks = (protocol: string): PolicyHistory => ({
    ...builtIn,
    organisation: [
      {
        name: 'proxy',
        source: 'https://wiki.example/proxy',
        allows: { protocol: [protocol] },
        from: null,
        until: null,
      },
    ],
  });
  const suites = { 'suites:Get-TlsCipherSuite': ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'] };
  const judged = (history: PolicyHistory) =>
    diagnose(buildReport(suites), { at: '2026-11-24', history, route: () => route }).findings.find(
      ({ code }) => code === 'cipher-suites',
    );

  it('fails a PC whose suites it keeps out, and is named as the source', () => {
    const found = judged(speaks('TLS 1.3'));
    assert.deepEqual([found?.severity, found?.variant], ['fail', 'organisation']);
    assert.equal(found?.source, 'https://wiki.example/proxy');
  });

  it('passes a PC that it lets through', () => {
    assert.equal(judged(speaks('TLS 1.2'))?.severity, 'pass');
  });

  it('is not blamed for suites that Microsoft would refuse too', () => {
    const text = buildReport({ 'suites:Get-TlsCipherSuite': ['TLS_RSA_WITH_AES_256_GCM_SHA384'] });
    const { findings } = diagnose(text, { at: '2026-11-24', history: speaks('TLS 1.3'), route: () => route });
    assert.equal(findings.find(({ code }) => code === 'cipher-suites')?.variant, 'none');
  });
});
