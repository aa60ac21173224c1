import { describeConnector } from './connector-contract.ts';
import { startJiraPeer } from './jira-peer.ts';

describeConnector('jira', () => startJiraPeer());
