import { describeConnector } from './connector-contract.ts';
import { startServiceNowPeer } from './servicenow-peer.ts';

describeConnector('servicenow', () => startServiceNowPeer());
