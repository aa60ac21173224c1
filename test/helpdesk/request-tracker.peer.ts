import { describeConnector } from './connector-contract.ts';
import { connectRequestTracker } from './request-tracker-peer.ts';
import type { RequestTrackerServer } from './request-tracker-server.ts';
import { lacksRequestTracker, startRequestTracker } from './request-tracker-server.ts';

describe('Request Tracker 5 itself', function () {
  this.timeout(120_000);
  let server: RequestTrackerServer;
  before(async function () {
    const lack = lacksRequestTracker();
    if (lack !== null && process.env.CI) throw new Error(lack);
    if (lack !== null) {
      console.log(`    skipped: ${lack}`);
      this.skip();
    }
    server = await startRequestTracker();
  });
  after(() => server?.close());

  describeConnector('request-tracker', () => connectRequestTracker(server));
});
