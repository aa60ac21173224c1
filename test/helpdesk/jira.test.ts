import assert from 'node:assert/strict';
import type { News } from '../../src/helpdesk/connector.ts';
import { jira } from '../../src/helpdesk/connectors/jira.ts';
import { usualStatuses } from '../../src/helpdesk/connectors/jira-status.ts';
import { asker, delivered } from './connector-asking.ts';
import { describeConnector } from './connector-contract.ts';
import { eventOf, opened, report, statusOf } from './connector-peer.ts';
import { type JiraPeer, morning, startJiraPeer } from './jira-peer.ts';

describeConnector('jira', () => startJiraPeer());

describe('The connector jira', () => {
  let peer: JiraPeer;
  let now = morning;
  beforeEach(async () => {
    now = morning;
    peer = await startJiraPeer({ now: () => now++ });
  });
  afterEach(() => peer.close());

  describe('while the search is late', () => {
    const loseAnswer = async () => {
      await peer.setFault('lost-answer');
      assert.equal((await peer.connector.deliver(opened(), null)).kind, 'unknown');
      await peer.setFault(null);
    };
    const count = () =>
      peer.double.issues.filter(({ creator, summary }) => creator.name === 'Handshake' && summary !== '')
        .length;

    it('finds the request of a lost answer by its key', async () => {
      await loseAnswer();
      await delivered(peer, opened(), null);
      assert.equal(count(), 1);
    });

    it('finds it among more new issues than Jira gives at once', async () => {
      peer.double.openOther('old');
      peer.double.index();
      for (let index = 0; index < 130; index++) peer.double.openOther(`new ${index}`);
      await loseAnswer();
      await delivered(peer, opened(), null);
      assert.equal(count(), 1);
    });

    it('finds it though a newer issue got into the index before it', async () => {
      await loseAnswer();
      peer.double.openOther('newer');
      peer.double.index({ but: peer.double.issues[0]?.id ?? '' });
      await delivered(peer, opened(), null);
      assert.equal(count(), 1);
    });

    it('does not take the issue of somebody else for its own', async () => {
      peer.double.openOther('[HS-41] I copied this');
      await delivered(peer, opened(), null);
      assert.equal(count(), 1);
      peer.double.openOther('[HS-42] and this');
      peer.double.index();
      await delivered(peer, opened({ id: 'HS-42' }), null);
      assert.equal(count(), 2);
    });

    it('misses no news', async () => {
      const { id } = await delivered(peer, opened(), null);
      peer.double.index();
      const ask = asker({ ...peer, connector: peer.connect({}) });
      now += 60 * 60_000;
      await ask();
      peer.double.comment(id, 'Grace', 'Please restart', true);
      for (let minute = 1; minute <= 10; minute++) {
        now += 60_000;
        assert.deepEqual(await ask(), []);
      }
      peer.double.index();
      assert.deepEqual(
        (await ask()).map(({ what }) => what),
        [{ kind: 'comment', text: 'Please restart' }],
      );
    });
  });

  describe('writing a request', () => {
    it('gives it the priority of the settings, and none without', async () => {
      await delivered(peer, opened(), null);
      const priorities = { high: 'Highest', normal: 'Medium', low: 'Low' };
      await peer.connect({ priorities }).deliver(opened({ id: 'HS-42' }), null);
      assert.deepEqual(
        peer.double.issues.map(({ priority }) => priority),
        [null, 'Highest'],
      );
    });

    it('keeps to the longest summary and description', async () => {
      const long = { title: `two\nlines ${'y'.repeat(300)}`, description: 'x\n'.repeat(40_000) };
      await delivered(peer, opened(long), null);
      const [ticket] = await peer.tickets();
      assert.equal(ticket?.title.length, 255);
      assert.ok((ticket?.description.length ?? 0) < 32_767);
    });

    it('attaches a file once though the second of its two steps lost its answer', async () => {
      const remote = await delivered(peer, opened(), null);
      const event = eventOf(1, { kind: 'file', file: report });
      peer.aimAt('/attachment');
      await peer.setFault('lost-answer');
      assert.equal((await peer.connector.deliver(event, remote)).kind, 'unknown');
      await peer.setFault(null);
      await delivered(peer, event, remote);
      assert.equal((await peer.tickets())[0]?.files.length, 1);
    });

    it('attaches two files of one name that differ', async () => {
      const remote = await delivered(peer, opened(), null);
      const other = { ...report, content: new Uint8Array(report.content).fill(65) };
      await delivered(peer, eventOf(1, { kind: 'file', file: report }), remote);
      await delivered(peer, eventOf(2, { kind: 'file', file: other }), remote);
      assert.equal((await peer.tickets())[0]?.files.length, 2);
    });
  });

  describe('moving a request', () => {
    const statusNow = () => peer.double.issues[0]?.status.name;

    it('goes by the names of the settings', async () => {
      const remote = await delivered(peer, opened(), null);
      const statuses = { ...usualStatuses, solved: 'closed' };
      await peer.connect({ statuses }).deliver(statusOf(1, 'solved'), remote);
      assert.equal(statusNow(), 'Closed');
    });

    it('goes by the category where the workflow has no such name', async () => {
      const remote = await delivered(peer, opened(), null);
      const statuses = { ...usualStatuses, solved: 'Gelöst', waiting: 'Wartet' };
      const connector = peer.connect({ statuses });
      assert.equal((await connector.deliver(statusOf(1, 'waiting-for-user'), remote)).kind, 'done');
      assert.equal(statusNow(), 'Waiting for support');
      assert.equal((await connector.deliver(statusOf(2, 'solved'), remote)).kind, 'done');
      assert.equal(statusNow(), 'Resolved');
    });

    it('says so when the workflow leads nowhere', async () => {
      const remote = await delivered(peer, opened(), null);
      peer.double.move(remote.id, 'Grace', 'Closed');
      const delivery = await peer.connector.deliver(statusOf(1, 'assigned'), remote);
      assert.equal(delivery.kind, 'refused');
      assert.equal((await peer.connector.deliver(statusOf(2, 'solved'), remote)).kind, 'done');
    });

    it('gives the resolution that a transition asks for', async () => {
      peer.double.askForResolution(["Won't do", 'Done']);
      const remote = await delivered(peer, opened(), null);
      await delivered(peer, statusOf(1, 'solved'), remote);
      assert.equal(peer.double.issues[0]?.resolution, 'Done');
    });
  });

  describe('reading news', () => {
    let ask: () => Promise<readonly News[]>;
    let id: string;
    beforeEach(async () => {
      ask = asker(peer);
      ({ id } = await delivered(peer, opened(), null));
      await ask();
    });
    const kinds = async () => (await ask()).map(({ what, by }) => `${what.kind} by ${by}`);

    it('says who has taken a request, and whom it waits for', async () => {
      peer.double.assign(id, 'Grace');
      assert.deepEqual(await kinds(), ['taken by Grace Example']);
      now += 60_000;
      peer.double.move(id, 'Grace', 'Waiting for customer');
      assert.deepEqual(await kinds(), ['waiting by Grace Example']);
      assert.deepEqual(await kinds(), []);
    });

    it('says again that it waits, when it waits again', async () => {
      peer.double.move(id, 'Grace', 'Waiting for customer');
      await ask();
      await delivered(peer, statusOf(1, 'assigned'), { id, url: null });
      assert.deepEqual(await kinds(), []);
      peer.double.move(id, 'Grace', 'Waiting for customer');
      assert.deepEqual(await kinds(), ['waiting by Grace Example']);
    });

    it('tells a cancelled request from a solved one', async () => {
      peer.double.move(id, 'Grace', 'Canceled');
      assert.deepEqual(await kinds(), ['rejected by Grace Example']);
    });

    it('brings an answer before the solving that it came with', async () => {
      peer.double.comment(id, 'Grace', 'It was the proxy.', true);
      now += 1_000;
      peer.double.move(id, 'Grace', 'Resolved');
      assert.deepEqual(await kinds(), ['comment by Grace Example', 'solved by Grace Example']);
    });

    it('knows the ticket by the summary, and by the request where somebody rewrote it', async () => {
      peer.double.comment(id, 'Grace', 'One', true);
      const [first] = await ask();
      assert.deepEqual([first?.ticketId, first?.remoteId], ['HS-41', id]);
      peer.double.rename(id, 'OneDrive on PC 7');
      peer.double.comment(id, 'Grace', 'Two', true);
      const [second] = await ask();
      assert.deepEqual([second?.ticketId, second?.remoteId], [null, id]);
    });

    it('reads no request again that did not change', async () => {
      await delivered(peer, opened({ id: 'HS-42' }), null);
      await ask();
      const before = peer.double.requests();
      await ask();
      assert.equal(peer.double.requests() - before, 1);
    });

    it('misses none of many', async () => {
      for (let index = 0; index < 230; index++) peer.double.comment(id, 'Grace', `line ${index}`, true);
      assert.equal((await ask()).length, 230);
    });
  });
});

describe('Settings of Jira', () => {
  const make = (given: Record<string, string>) =>
    jira.make(
      Object.fromEntries(Object.entries(given).map(([name, value]) => [`HELPDESK_JIRA_${name}`, value])),
      { allowLoopback: false, secret: 'own', text: String },
    );
  const whole = {
    URL: 'https://example.atlassian.net',
    USER: 'handshake@contoso.example',
    TOKEN: 'token-of-the-bot',
    SERVICE_DESK: '4',
    REQUEST_TYPE: '17',
  };

  it('switch it on', () => {
    assert.equal(make({}).kind, 'off');
    assert.equal(make(whole).kind, 'made');
    assert.equal(make({ ...whole, STATUSES: 'solved=Done, closed=Done' }).kind, 'made');
    assert.equal(make({ ...whole, PRIORITIES: 'high=High,normal=Medium,low=Low' }).kind, 'made');
  });

  const wrong: readonly [string, Record<string, string>, string][] = [
    ['a name for the number of the desk', { SERVICE_DESK: 'HELP' }, 'SERVICE_DESK'],
    ['a status that there is not', { STATUSES: 'done=Done' }, 'STATUSES'],
    ['a status without a name', { STATUSES: 'solved' }, 'STATUSES'],
    ['not all priorities', { PRIORITIES: 'high=High' }, 'PRIORITIES'],
    ['a user without an e-mail address', { USER: 'handshake' }, 'USER'],
    ['http', { URL: 'http://127.0.0.1:80' }, 'URL'],
  ];
  for (const [says, given, name] of wrong) {
    it(`are refused with ${says}`, () => {
      const made = make({ ...whole, ...given });
      const named = made.kind === 'wrong' ? made.problems.map(({ setting }) => setting) : [];
      assert.deepEqual(named, [`HELPDESK_JIRA_${name}`]);
    });
  }
});
