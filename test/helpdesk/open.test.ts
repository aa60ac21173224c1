import assert from 'node:assert/strict';
import { composeOpening } from '../../src/helpdesk/open.ts';
import { details, event, noon } from '../storage/ticket-builders.ts';

describe('Other systems hear of a new ticket', () => {
  const open = (report: string | null) =>
    composeOpening(
      { snapshot: () => event('opened').ticket, connectors: ['desk'], now: () => new Date(noon) },
      {
        ...{ id: 'HS-1', caseId: 'case-1', urgency: 'normal', source: null },
        details: { ...details, shared: { ...details.shared, report } },
      },
    ).events.map(({ what }) => what);

  it('with the redacted report as a file, where the person shares it', () => {
    const [opened, file, ...more] = open('suites = keine – user-1');
    assert.deepEqual([opened?.kind, file?.kind, more], ['opened', 'file', [{ kind: 'transcript' }]]);
    const brought = file?.kind === 'file' ? file.file : assert.fail();
    assert.equal(brought.name, 'report-HS-1.txt');
    assert.equal(new TextDecoder().decode(brought.content), 'suites = keine – user-1');
  });

  it('without that file, where the person keeps it back, but with the transcript', () => {
    assert.deepEqual(open(null), [{ kind: 'opened' }, { kind: 'transcript' }]);
  });
});
