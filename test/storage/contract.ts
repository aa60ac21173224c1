import type { Database } from '../../src/storage/connection.ts';
import { describeOutbox } from './outbox-contract.ts';
import { describeReads } from './reads-contract.ts';
import { describeTurns } from './turn-contract.ts';

/** The rules that storage keeps on every database. `open` gives the same database at every call. */
export function describeStorage(open: () => Database): void {
  describe('turns', () => describeTurns(open));
  describe('outbox', () => describeOutbox(open));
  describe('reads and housekeeping', () => describeReads(open));
}
