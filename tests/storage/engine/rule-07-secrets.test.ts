import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { putRootKey } from '../../../src-server/commands/put-root-key.ts';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import { segmentPaths } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 7: names stand in the log in clear, secrets only as they were sealed before', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const sealedSecret = randomBytes(60);
    await engine.submit((tx) =>
      putRootKey(tx, {
        key: { accessKeyId: 'AKIAEXAMPLE', sealedSecret },
        fresh: { canonicalId: 'c'.repeat(64), accountId: '1'.repeat(12) },
        nowMs: 1 as EpochMs,
      }),
    );
    await engine.submit(put('a name'));
    await engine.close();
    const log = readFileSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
    assert.ok(log.includes('a name') && log.includes('AKIAEXAMPLE') && log.includes(sealedSecret));
  } finally {
    fixture.remove();
  }
});
