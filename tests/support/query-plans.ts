import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import { createCatalogue } from '../../src-server/db/migrations/run-migrations.ts';
import { openDatabase } from '../../src-server/db/sqlite/open-database.ts';
import type { SqlValue, WriteTx } from '../../src-server/db/tx.ts';
import type { SequenceId } from '../../src-server/domain/ids.ts';

export interface QueryPlans {
  /** The plans of the statements that `use` runs, which run on nothing. */
  of(use: (tx: WriteTx) => Promise<unknown>): Promise<string[]>;
  close(): void;
}

/** An empty catalogue that explains statements instead of running them. */
export function openQueryPlans(): QueryPlans {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-plans-'));
  const db = openDatabase(join(folder, 'catalogue.db'));
  createCatalogue(db, MIGRATIONS);
  const planOf = (sql: string, parameters: readonly SqlValue[]): string =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      // SQLite's own columns.
      .map((row) => (row as { detail: string }).detail)
      .join('; ');
  return {
    of: async (use) => {
      const plans: string[] = [];
      await use({
        get: async (sql, ...parameters) => void plans.push(planOf(sql, parameters)) as undefined,
        all: async (sql, ...parameters) => {
          plans.push(planOf(sql, parameters));
          return [];
        },
        run: async (sql, ...parameters) => {
          plans.push(planOf(sql, parameters));
          return 0;
        },
        nextId: () => 1 as SequenceId,
      });
      return plans;
    },
    close: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
