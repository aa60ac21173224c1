import { describeConnector } from './connector-contract.ts';
import { startEmailPeer } from './email-peer.ts';

describeConnector('email', startEmailPeer);
