import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import type { SqlValue } from '../../src-server/db/tx.ts';
import { logRecords, segmentPaths } from './engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from './engine-fixture.ts';

/** What `tests/fixtures/on-disk/log.json` holds. */
export interface LogVector {
  readonly segments: readonly { readonly name: string; readonly gzipBase64: string }[];
  readonly records: readonly {
    readonly sequence: number;
    readonly kind: string;
    readonly entries: readonly { readonly sql: string; readonly changes: number; readonly parameters: unknown[] }[];
  }[];
}

/** The parts of a log that do not depend on the schema: every kind of record and of parameter, two segments, a body. */
export async function makeLogVector(): Promise<LogVector> {
  const fixture = new EngineFixture();
  try {
    const first = await fixture.open();
    await first.submit(put('a name', 'a välue'));
    await first.submit(putBodies('b'), [body(1), body(2)]);
    await first.submit(async (tx) => {
      const values: SqlValue[] = [null, 1.5, -7n, 'text', Buffer.from([0, 255])];
      for (const value of values) await tx.run('UPDATE setting SET value = typeof(?) WHERE name = ?', value, 'a name');
    });
    await first.close();
    const step = { to: MIGRATIONS.length + 1, statements: ['CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT'] };
    const second = await fixture.open({ migrations: [...MIGRATIONS, step] });
    await second.submit(async (tx) => tx.all("DELETE FROM setting WHERE name = 'a name' RETURNING name"));
    await second.close();
    return {
      segments: segmentPaths(fixture.disk('disk1')).map((path) => ({
        name: basename(path),
        gzipBase64: gzipSync(readFileSync(path), { level: 9 }).toString('base64'),
      })),
      records: logRecords([fixture.disk('disk1')]).map((one) => ({
        sequence: one.record.sequence,
        kind: one.record.kind,
        entries:
          one.kind === 'writes' ? one.entries.map((entry) => ({ ...entry, parameters: shown(entry.parameters) })) : [],
      })),
    };
  } finally {
    fixture.remove();
  }
}

/** Parameters as JSON can hold them. */
export function shown(parameters: readonly SqlValue[]): unknown[] {
  return parameters.map((value) => {
    if (typeof value === 'bigint') return { int64: value.toString() };
    return Buffer.isBuffer(value) ? { blob: value.toString('hex') } : value;
  });
}
