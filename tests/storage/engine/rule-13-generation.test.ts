import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { SHARED_WORDS_BYTES, SqliteCatalogue } from '../../../src-server/db/sqlite/sqlite-catalogue.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';

test('rule 13: the generation rises after COMMIT and before the answer, for what caches depend on only', async () => {
  const fixture = new EngineFixture();
  try {
    const generation = new SharedArrayBuffer(SHARED_WORDS_BYTES);
    const engine = await fixture.open({ ports: { generation } });
    const catalogue = new SqliteCatalogue({ path: join(fixture.dataDir, 'catalogue.db'), generation });
    const start = catalogue.generation();
    const seen = engine.submit(put('a')).then(async () => {
      const rows = await catalogue.read((tx) => tx.all('SELECT name FROM setting'));
      return { generation: catalogue.generation(), rows: rows.length };
    });
    assert.deepEqual(await seen, { generation: start + 1, rows: 1 });
    await engine.submit(putBodies('x'), [body(1)]);
    assert.equal(catalogue.generation(), start + 1);
    await assert.rejects(engine.submit(put('a')));
    assert.equal(catalogue.generation(), start + 1);
    catalogue.close();
    await engine.close();
  } finally {
    fixture.remove();
  }
});
