import assert from 'node:assert/strict';
import { join } from 'node:path';
import { requireTool } from './tools.ts';
import { createBlank, createPc, profileOf, removePc, reportIn, runBatch, type WinePc } from './wine.ts';
import { readWrittenReport } from './written-report.ts';

const stays = 'Press any key to close this window.';
const doubleClick = 'C:\\Windows\\system32\\cmd.exe /c ""C:\\Downloads\\handshake-check.cmd" "';
const openedBefore = '"C:\\Windows\\system32\\cmd.exe"';

describe('the batch script, as it is started', () => {
  let blank: WinePc;
  let pc: WinePc;

  before(async function () {
    this.timeout(240_000);
    requireTool(this, 'wine');
    blank = await createBlank();
    // Where reg.exe is blocked, the run is over at once.
    pc = await createPc(blank, {
      registry: {},
      tools: { REG: ['exit /b 1'], PING: ['exit /b 1'], WHOAMI: ['exit /b 1'], NETSH: ['exit /b 1'] },
      environment: { USERNAME: 'jonna', COMPUTERNAME: 'FJORD-8', USERDOMAIN: 'FJORD-8', USERDNSDOMAIN: '' },
    });
  });

  after(async () => {
    if (pc !== undefined) await removePc(pc);
    if (blank !== undefined) await removePc(blank);
  });

  async function caseAndShown(run: Parameters<typeof runBatch>[1]): Promise<readonly [string, string]> {
    const shown = await runBatch(pc, run);
    const { values } = readWrittenReport(reportIn(join(profileOf(pc), 'Desktop')));
    return [values.get('report.case') ?? '', shown];
  }

  it('takes the case from its file name, and keeps the window of a double click open', async function () {
    this.timeout(300_000);
    const [code, shown] = await caseAndShown({
      fileName: 'handshake-check-CDFG2345 (1).cmd',
      folder: 'Tom & Co (1)',
      args: ['/noshow'],
      environment: { CMDCMDLINE: doubleClick },
      address: 'https://help.fjord.example',
    });
    assert.equal(code, 'CDFG2345');
    assert.match(shown, /Send it at https:\/\/help\.fjord\.example\/r\/CDFG2345\r\n/);
    assert.ok(shown.includes(stays));
  });

  it('prefers the case that it is told, and does not wait in a window that was open before', async function () {
    this.timeout(300_000);
    const [code, shown] = await caseAndShown({
      fileName: 'handshake-check-CDFG2345.cmd',
      args: ['WXZ98765', '/noshow'],
      environment: { CMDCMDLINE: openedBefore },
    });
    assert.equal(code, 'WXZ98765');
    assert.doesNotMatch(shown, /Send it at/);
    assert.ok(!shown.includes(stays));
  });

  it('knows no case by a file name with another ending', async function () {
    this.timeout(300_000);
    const [code, shown] = await caseAndShown({
      fileName: 'handshake-check-ABCDEFGH.cmd',
      args: ['/noshow', '/nopause'],
      environment: { CMDCMDLINE: doubleClick },
      address: 'https://help.fjord.example',
    });
    assert.equal(code, 'none');
    assert.doesNotMatch(shown, /Send it at/);
    assert.ok(!shown.includes(stays));
  });
});
