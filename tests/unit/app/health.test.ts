import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { doesCatalogueWork, type HealthSources, healthFacts } from '../../../src-server/app/health.ts';
import type { DiskId } from '../../../src-server/domain/ids.ts';
import { createLogger } from '../../../src-server/observability/logger.ts';
import type { DiskFacts } from '../../../src-server/tiers/disk-set.ts';
import { openServiceFixture } from '../../support/service-context.ts';

const GIB = 2 ** 30;

function disk(name: string, space: DiskFacts['space']): DiskFacts {
  // Only a number to health.
  return { id: 1 as DiskId, uuid: name, name, tier: 'hot', root: `/${name}`, device: 1, space };
}

const ROOMY = { totalBytes: 100 * GIB, freeBytes: 50 * GIB };
const GOOD: HealthSources = {
  catalogueWorks: true,
  disks: [disk('a', ROOMY), disk('b', ROOMY)],
  refusedReason: undefined,
  recentFailure: undefined,
  absentAtStart: [],
  expiriesHeld: false,
};

describe('health', () => {
  const cases: readonly (readonly [string, Partial<HealthSources>, number, RegExp[]])[] = [
    ['all is well', {}, 2, []],
    ['a disk vanished', { disks: [disk('a', ROOMY), disk('b', undefined)] }, 1, [/^disk b is absent$/]],
    ['a disk is full', { disks: [disk('a', { ...ROOMY, freeBytes: 0 })] }, 0, [/^disk a is full$/]],
    [
      'a disk was absent at the start',
      { absentAtStart: [{ name: 'b', reason: 'not mounted' }] },
      1,
      [/^disk b is absent: not mounted$/],
    ],
    ['the clock jumped', { expiriesHeld: true }, 2, [/^the clock jumped ahead/]],
    ['a batch failed', { recentFailure: 'EIO' }, 2, [/^changes could not be made durable: EIO$/]],
    ['the log refuses writes', { refusedReason: 'damaged' }, 0, [/^writes are refused: damaged$/]],
  ];
  for (const [name, changed, writableDisks, reasons] of cases) {
    it(name, () => {
      const facts = healthFacts({ ...GOOD, ...changed });
      assert.deepEqual([facts.catalogueWorks, facts.writableDisks], [true, writableDisks]);
      assert.equal(facts.degraded.length, reasons.length);
      for (const [index, reason] of reasons.entries()) assert.match(facts.degraded[index] ?? '', reason);
    });
  }

  it('asks the catalogue', async () => {
    const fixture = openServiceFixture();
    const lines: string[] = [];
    const log = createLogger({ format: 'json', destination: { write: (line) => lines.push(line) } });
    const { catalogue } = fixture.context;
    assert.equal(await doesCatalogueWork({ catalogue, log }), true);
    fixture.close();
    assert.equal(await doesCatalogueWork({ catalogue, log }), false);
    assert.match(lines.join(''), /the catalogue does not answer/);
  });
});
