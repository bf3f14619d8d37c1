import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { ReadTx } from '../../../../src-server/db/tx.ts';
import type { BucketId } from '../../../../src-server/domain/ids.ts';
import { ViewServer } from '../../../../src-server/services/views/view-server.ts';
import type { PageRequest } from '../../../../src-server/services/views/view-spec.ts';

const MAX_MEMORY_BYTES = 4 * 1024 * 1024;
const KEYS = 60_000;

/** A catalogue whose every bucket holds the same many keys, and a clock of its own. */
function serveMany() {
  let steps = 0;
  let nowMs = 1_700_000_000_000;
  let highestBytes = 0;
  const row = (number: number) => ({ key: `key-${String(number).padStart(6, '0')}-${'x'.repeat(60)}`, size: 1 });
  const tx = {
    all: async (_sql: string, _bucketId: BucketId, from: string, _end: string, _markers: bigint, limit: number) => {
      const first = from === '' ? 0 : Number(from.slice(4, 10)) + 1;
      const count = Math.max(0, Math.min(limit, KEYS - first));
      return Array.from({ length: count }, (_, at) => ({ ...row(first + at), is_marker: 0, modified_ms: 1 }));
    },
    get: async () => undefined,
    // What a scan of a folder uses of a transaction.
  } as unknown as ReadTx;
  const server: ViewServer = new ViewServer({
    read: (step) => {
      steps += 1;
      return step(tx);
    },
    commits: () => 1n,
    now: () => nowMs,
    pause: async () => {
      highestBytes = Math.max(highestBytes, server.memoryBytes);
      nowMs += 100;
      await setImmediate();
    },
    maxMemoryBytes: MAX_MEMORY_BYTES,
  });
  const request = (bucket: number, waitMs: number, view?: number): PageRequest => ({
    spec: {
      scopes: [{ bucketId: bucket as BucketId, prefix: '' }],
      content: { kind: 'folder', withDeleted: false },
      sorting: { by: 'size', descending: true },
    },
    view,
    fresh: false,
    offset: 0,
    limit: 10,
    locate: undefined,
    waitMs,
  });
  return { server, request, steps: () => steps, highestBytes: () => highestBytes, wait: (ms: number) => (nowMs += ms) };
}

describe('the server of views', () => {
  it('keeps within its memory while many views grow, and says where one was cut', async () => {
    const { server, request, highestBytes } = serveMany();
    const pages = await Promise.all([1, 2, 3, 4, 5, 6].map((bucket) => server.page(request(bucket, 20_000))));
    // A batch of each may be on its way when the limit is reached.
    assert.ok(highestBytes() < 3 * MAX_MEMORY_BYTES, `${highestBytes()} bytes`);
    assert.ok(pages.some(({ isCut }) => isCut));
    assert.ok(pages.every(({ isComplete, total }) => isComplete && total <= KEYS));
    const cut = await server.page(request(7, 20_000));
    assert.ok(cut.isCut && cut.total < KEYS);
    assert.equal((await server.page(request(7, 20_000, cut.view))).view, cut.view, 'for who has it');
    assert.notEqual((await server.page(request(7, 20_000))).view, cut.view, 'another try');
  });

  it('gives up a folder that nobody asks about any more, and keeps none of it', async () => {
    const { server, request, steps, wait } = serveMany();
    const first = await server.page(request(1, 0));
    assert.equal(first.isComplete, false);
    wait(10_000);
    for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    assert.ok(steps() <= 3, `${steps()} steps`);
    assert.equal(server.memoryBytes, 0);
    const again = await server.page(request(1, 20_000));
    assert.notEqual(again.view, first.view);
  });
});
