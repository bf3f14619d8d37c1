import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { DerivedStore } from '../../src-server/db/derived/derived-store.ts';
import { single } from '../../src-server/domain/roll-up.ts';
import type { Contact } from '../../src-server/observability/contacts.ts';

const T0 = 1_789_000_000_000 - (1_789_000_000_000 % 86_400_000);
const TEN = 10_000;

describe('DerivedStore', () => {
  let folder: string;
  let path: string;
  let store: DerivedStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stowage-derived-'));
    path = join(folder, 'derived.db');
    store = new DerivedStore(path);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function addHours(hours: number): number {
    for (let i = 0; i < hours * 360; i += 1) {
      store.addSample({ atMs: T0 + i * TEN, values: { in: single(i === 100 ? 999 : 1) } });
    }
    return T0 + hours * 360 * TEN;
  }

  it('a peak of ten seconds is still there a day and a month later; old fine samples are gone', () => {
    const nowMs = addHours(30);
    const max = (range: '1h' | '24h' | '7d' | '30d' | '1y') =>
      Math.max(...store.history('server', range, nowMs).samples.map(({ values }) => values['in']?.[2] ?? 0));
    assert.deepEqual([max('1h'), max('24h'), max('7d'), max('30d'), max('1y')], [1, 1, 999, 999, 999]);
    const hour = store.history('server', '1h', nowMs);
    assert.ok(hour.samples.length >= 359 && hour.samples.length <= 361);
    assert.equal(store.history('server', '1h', T0 + 3_600_000).samples.length, 0);
    assert.equal(store.days(90, nowMs).length, 2);
  });

  it('shows what was measured just now in every range, and keeps it over a restart', () => {
    store.addSample({ atMs: T0, values: { in: single(7) } });
    for (const range of ['1h', '24h', '7d', '30d', '1y'] as const) {
      assert.equal(store.history('server', range, T0 + 1).samples.length, 1, range);
    }
    store.close();
    store = new DerivedStore(path);
    assert.deepEqual(store.history('server', '24h', T0 + 1).samples[0]?.values['in'], [7, 7, 7, 1]);
  });

  it('puts a damaged file aside and begins anew', () => {
    addHours(1);
    store.close();
    writeFileSync(path, 'this is no database, whatever its name says'.repeat(200));
    store = new DerivedStore(path);
    assert.ok(store.putAside !== undefined);
    assert.ok(existsSync(`${path}.damaged`));
    assert.equal(store.days(90, T0 + 1).length, 0);
    addHours(1);
  });

  it('adds contacts up', () => {
    const contact: Contact = {
      program: { id: 'restic', name: 'restic', version: '0.16' },
      accessKeyId: 'AKID',
      firstMs: T0,
      lastMs: T0 + 10,
      lastWriteMs: T0 + 5,
      lastErrorMs: undefined,
      lastErrorCode: undefined,
      bucket: 'backups',
      remote: '192.0.2.7',
      requests: 3,
      errors: 0,
      bytesIn: 100,
      bytesOut: 5,
    };
    store.addContacts([contact]);
    store.addContacts([
      {
        ...contact,
        firstMs: T0 + 20,
        lastMs: T0 + 30.4,
        lastWriteMs: undefined,
        lastErrorMs: T0 + 30,
        lastErrorCode: 'NoSuchKey',
        errors: 1,
        bucket: 'other',
      },
      { ...contact, accessKeyId: undefined, lastMs: T0 + 40 },
    ]);
    const [unproven, restic] = store.contacts(10);
    assert.equal(unproven?.accessKeyId, undefined);
    assert.deepEqual(restic, {
      ...contact,
      lastMs: T0 + 30,
      lastErrorMs: T0 + 30,
      lastErrorCode: 'NoSuchKey',
      requests: 6,
      errors: 1,
      bytesIn: 200,
      bytesOut: 10,
    });
  });
});
