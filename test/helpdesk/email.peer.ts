import { describeConnector } from './connector-contract.ts';
import { needDovecot, startDovecot } from './dovecot.ts';
import { startEmailPeer } from './email-peer.ts';

describe('With a real mailbox', () => {
  before(function () {
    needDovecot(this);
  });

  describeConnector('email', () => startEmailPeer(startDovecot), [
    'missing-tickets',
    'internal-notes',
    'solving',
  ]);
});
