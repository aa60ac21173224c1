import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strFromU8, unzipSync } from 'fflate';
import { loadWording } from '../src/cards/wording.ts';
import { parseText } from '../src/diagnosis/parse/parse.ts';
import { remediationPage, remediationPath } from '../src/remediation-download.ts';
import { judgeReport } from './diagnosis/judging.ts';

const known = '3f1c9a52-6f0d-4c9e-8d6e-2d9f0a1b2c3d';
const broken = judgeReport([{ 'schannel.tls12.enabled': '0x0' }]);

describe('The files of a remedy', () => {
  let server: Server;
  let address: string;
  before((done) => {
    const { serve } = remediationPage({
      findDiagnosis: async (id) => (id === known ? broken : null),
      wording: loadWording('en'),
    });
    server = createServer((request, response) => void serve(request, response));
    server.listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => void server.close(done));

  const fetchZip = async (path: string) => {
    const response = await fetch(`${address}${path}`);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  it('come as one zip: instructions, registry values and Intune scripts, each with its undo', async () => {
    const { response, bytes } = await fetchZip(remediationPath(known));
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-disposition') ?? '', /attachment; filename="handshake/);
    assert.deepEqual(Object.keys(unzipSync(bytes)).sort(), [
      '1-schannel-detect.ps1',
      '1-schannel-remediate.ps1',
      '1-schannel-undo.ps1',
      '1-schannel-undo.reg',
      '1-schannel.reg',
      'README.txt',
    ]);
  });

  it('hold values that our own reader understands', async () => {
    const { bytes } = await fetchZip(remediationPath(known));
    const reg = strFromU8(unzipSync(bytes)['1-schannel.reg'] ?? new Uint8Array());
    const { facts } = parseText(reg);
    assert.equal(facts.find(({ name }) => name === 'schannel.tls12.enabled')?.value, 1);
  });

  it('are the same bytes each time', async () => {
    const [first, second] = [await fetchZip(remediationPath(known)), await fetchZip(remediationPath(known))];
    assert.deepEqual(first.bytes, second.bytes);
  });

  for (const path of [
    '/remediation/3f1c9a52-6f0d-4c9e-8d6e-000000000000.zip',
    '/remediation/..%2f..%2fpackage.json',
    '/remediation/',
  ]) {
    it(`are not to be had at ${path}`, async () => {
      assert.equal((await fetchZip(path)).response.status, 404);
    });
  }
});
