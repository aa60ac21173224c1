import { describeConnector } from './connector-contract.ts';
import { connectRequestTracker } from './request-tracker-peer.ts';
import { beforeRequestTracker, type RequestTrackerServer } from './request-tracker-server.ts';

describe('Request Tracker 5 itself', function () {
  this.timeout(120_000);
  let server: RequestTrackerServer;
  before(async function () {
    server = await beforeRequestTracker(this);
  });
  after(() => server?.close());

  describeConnector('request-tracker', () => connectRequestTracker(server));
});
