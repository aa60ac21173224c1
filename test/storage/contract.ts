import type { Database } from '../../src/storage/connection.ts';
import { describeCheckCodes } from './check-code-contract.ts';
import { describeDeliveries } from './delivery-contract.ts';
import { describeEarlierReplies } from './earlier-replies-contract.ts';
import { describeNoticeCards } from './notice-cards-contract.ts';
import { describeNoticeClock } from './notice-clock-contract.ts';
import { describeNotices } from './notice-contract.ts';
import { describeNoticeFollowUp } from './notice-follow-up-contract.ts';
import { describeNoticeReads } from './notice-reads-contract.ts';
import { describeOutbox } from './outbox-contract.ts';
import { describePeople } from './people-contract.ts';
import { describePeopleImport } from './people-import-contract.ts';
import { describePolicyWatch } from './policy-watch-contract.ts';
import { describeReads } from './reads-contract.ts';
import { describeTickets } from './ticket-contract.ts';
import { describeTurns } from './turn-contract.ts';

/** The rules that storage keeps on every database. `open` gives the same database at every call. */
export function describeStorage(open: () => Database): void {
  describe('turns', () => describeTurns(open));
  describe('outbox', () => describeOutbox(open));
  describe('replies that others wait behind', () => describeEarlierReplies(open));
  describe('check codes', () => describeCheckCodes(open));
  describe('tickets', () => describeTickets(open));
  describe('deliveries to other systems', () => describeDeliveries(open));
  describe('notices', () => describeNotices(open));
  describe('what is told of notices', () => describeNoticeReads(open));
  describe('cards of administrators', () => describeNoticeCards(open));
  describe('notices by the clock', () => describeNoticeClock(open));
  describe('notices after they went out', () => describeNoticeFollowUp(open));
  describe('people and their PCs', () => describePeople(open));
  describe('handshake people import', () => describePeopleImport(open));
  describe('looks at the TLS of hosts', () => describePolicyWatch(open));
  describe('reads and housekeeping', () => describeReads(open));
}
