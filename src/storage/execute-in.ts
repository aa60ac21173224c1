import { CompiledQuery, type Transaction } from 'kysely';
import type { ExecuteSql } from '../notices/notice-store.ts';
import type { Schema } from './schema.ts';

/** For libraries that bring their own SQL: their statements become part of the transaction. */
export function executeIn(transaction: Transaction<Schema>): ExecuteSql {
  return {
    async executeSql(text, values = []) {
      const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values));
      return { rows: [...rows] };
    },
  };
}
