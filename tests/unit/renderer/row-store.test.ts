import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import {
  type FetchRows,
  type ListRow,
  PAGE_ROWS,
  RowStore,
  type RowsAsked,
} from '../../../src-renderer/features/files/rows/row-store.ts';

const never = new AbortController().signal;
const fileOf = (number: number, view: number): ListRow => ({
  kind: 'file',
  key: `${number}`,
  sizeBytes: view,
  modifiedAtMs: 0,
  etag: '',
  storageClass: 'STANDARD',
});

/** A server with so many rows; what was asked is kept. */
function serverOf(total: number) {
  const asked: RowsAsked[] = [];
  const server = { asked, view: 1, total, growingUntil: 0 };
  const fetch: FetchRows = async (request) => {
    asked.push(request);
    const { offset, limit } = request;
    const isComplete = asked.length > server.growingUntil;
    const found = isComplete ? server.total : Math.min(server.total, asked.length * PAGE_ROWS);
    const count = Math.max(0, Math.min(limit, found - offset));
    const rows = Array.from({ length: count }, (_, i) => fileOf(offset + i, server.view));
    return { view: server.view, asOfMs: 0, total: found, totalBytes: 0, isComplete, isCut: false, offset, rows };
  };
  return { ...server, server, fetch };
}

describe('the rows of a list', () => {
  it('reads the pages in sight, each once', async () => {
    const { fetch, asked } = serverOf(1_000_000);
    const store = new RowStore(fetch);
    await store.load(false, never);
    assert.equal(store.head?.total, 1_000_000);
    store.need(500_100, 500_140);
    store.need(500_110, 500_150);
    await setTimeout(1);
    assert.deepEqual(
      asked.map(({ offset, view }) => [offset, view]),
      [
        [0, undefined],
        [500_000, 1],
      ],
    );
    const row = store.rowAt(500_123);
    assert.ok(row?.kind === 'file' && row.key === '500123');
    assert.equal(store.rowAt(700_000), undefined);
  });

  it('forgets far pages', async () => {
    const { fetch } = serverOf(1_000_000);
    const store = new RowStore(fetch);
    await store.load(false, never);
    for (let first = 0; first < 100 * PAGE_ROWS; first += PAGE_ROWS) {
      store.need(first, first + 20);
      await setTimeout(0);
    }
    const kept = Array.from({ length: 100 }, (_, page) => store.rowAt(page * PAGE_ROWS)).filter(Boolean);
    assert.ok(kept.length <= 40);
    assert.notEqual(store.rowAt(99 * PAGE_ROWS), undefined);
  });

  it('drops a page that was scrolled past before it came', async () => {
    const signals: AbortSignal[] = [];
    const { fetch } = serverOf(1_000_000);
    const store = new RowStore((asked, signal) => {
      signals.push(signal);
      return fetch(asked, signal);
    });
    await store.load(false, never);
    store.need(100_000, 100_020);
    store.need(900_000, 900_020);
    assert.deepEqual(
      signals.slice(1).map(({ aborted }) => aborted),
      [true, false],
    );
  });

  it('shows the new view in whole after a reload, from where one is', async () => {
    const { fetch, server } = serverOf(10_000);
    const store = new RowStore(fetch);
    await store.load(false, never);
    store.need(5000, 5020);
    await setTimeout(1);
    server.view = 2;
    server.total = 9999;
    await store.load(true, never);
    assert.equal(store.head?.total, 9999);
    assert.equal(store.rowAt(0), undefined);
    const row = store.rowAt(5000);
    assert.ok(row?.kind === 'file' && row.sizeBytes === 2);
  });

  it('grows with the server', async () => {
    const { fetch, server } = serverOf(5000);
    server.growingUntil = 3;
    const store = new RowStore(fetch);
    const versions = new Set<number>();
    store.subscribe(() => versions.add(store.version()));
    const first = await store.load(false, never);
    assert.deepEqual([first.isComplete, first.total], [false, 200]);
    await setTimeout(5);
    assert.deepEqual([store.head?.isComplete, store.head?.total], [true, 5000]);
    assert.ok(versions.size > 1);
  });

  it('gives a range whatever is there of it', async () => {
    const { fetch } = serverOf(3000);
    const store = new RowStore(fetch);
    await store.load(false, never);
    const rows = await store.range(150, 2500, never);
    assert.deepEqual(
      rows.map((row) => row.kind === 'file' && Number(row.key)),
      Array.from({ length: 2350 }, (_, i) => i + 150),
    );
  });
});
