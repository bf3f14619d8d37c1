import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_CONDITION } from '../../../src-server/domain/conditions.ts';
import type { EpochMs, ObjectKey } from '../../../src-server/domain/ids.ts';
import { AFTER_ALL_KEYS } from '../../../src-server/domain/listing.ts';
import { readHistories } from '../../../src-server/services/history/read-histories.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { seededRandom } from '../../support/seeded.ts';
import { newObject, setVersioning, versionId } from './object-fixture.ts';
import { BUCKET, etagOf, extentInLog, NOW, OWNER, openBucket } from './upload-fixture.ts';

interface Standing {
  readonly mark: number;
  readonly isNull: boolean;
  readonly isMarker: boolean;
  readonly sinceMs: number;
}

/** Lists of versions, newest first, and a picture of the bucket after every step: what was really current when. */
class Model {
  versioning = 'Enabled';
  readonly keys = new Map<string, Standing[]>();
  readonly pictures: { readonly atMs: number; readonly current: ReadonlyMap<string, Standing> }[] = [];

  add(key: string, mark: number, isMarker: boolean, sinceMs: number): void {
    const isNull = this.versioning !== 'Enabled';
    const kept = (this.keys.get(key) ?? []).filter((one) => !isNull || !one.isNull);
    this.keys.set(key, [{ mark, isNull, isMarker, sinceMs }, ...kept]);
  }

  photograph(atMs: number): void {
    const current = new Map<string, Standing>();
    for (const [key, [newest]] of this.keys) if (newest !== undefined) current.set(key, newest);
    // Within one millisecond the last picture is the one that counts.
    if (this.pictures.at(-1)?.atMs === atMs) this.pictures.pop();
    this.pictures.push({ atMs, current });
  }

  /** What is still kept of that time: what was current, or where that is gone, the newest of what is older. */
  asOf(key: string, atMs: number): Standing | undefined {
    const kept = this.keys.get(key) ?? [];
    const was = this.pictures.findLast((picture) => picture.atMs <= atMs)?.current.get(key);
    if (was === undefined) return undefined;
    if (kept.includes(was)) return was.isMarker ? undefined : was;
    const older = kept.filter((one) => one.sinceMs <= atMs && one.mark < was.mark);
    return older[0]?.isMarker === true ? undefined : older[0];
  }
}

const KEYS = ['a', 'a/b', 'c', 'd/e/f'];
const STEPS = 80;

async function put(engine: InlineEngine, key: string, mark: number, atMs: number): Promise<void> {
  const object = { ...newObject(key, 10, etagOf(mark)), modifiedMs: atMs as EpochMs };
  const input = { object, condition: NO_CONDITION, extents: [extentInLog(10)] };
  await engine.client.submit('put-object', input, [Buffer.alloc(8)]);
}

async function remove(engine: InlineEngine, key: string, atMs: number): Promise<void> {
  const request = {
    key: key as ObjectKey,
    versionId: undefined,
    condition: undefined,
    markerId: versionId(),
    bypassGovernance: false,
  };
  const scene = { bucketId: BUCKET, ownerId: OWNER, nowMs: atMs as EpochMs, lockNowMs: atMs as EpochMs };
  await engine.client.submit('delete-object', { scene, request });
}

async function assertAsOf(engine: InlineEngine, model: Model, atMs: number, maxRows: number): Promise<void> {
  const found = new Map<string, string>();
  let from: string | undefined = '';
  while (from !== undefined) {
    const range: { from: string; end: string } = { from, end: AFTER_ALL_KEYS };
    const page = await engine.run((tx) => readHistories(tx, BUCKET, range, atMs, maxRows));
    for (const { key, past } of page.keys) if (past !== undefined) found.set(key, past.etag);
    from = page.next;
  }
  const wanted = KEYS.flatMap((key) => {
    const standing = model.asOf(key, atMs);
    return standing === undefined ? [] : [[key, etagOf(standing.mark) as string] as const];
  });
  assert.deepEqual([...found], wanted, `as of ${atMs - NOW} ms, ${maxRows} rows at once`);
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`a bucket as it was, at any time of a random history (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const engine = await openBucket('Enabled');
    const model = new Model();
    try {
      let atMs: number = NOW;
      for (let step = 1; step <= STEPS; step++) {
        const key = KEYS[Math.floor(random() * KEYS.length)] ?? 'a';
        const dice = random();
        // Now and then two things happen within a millisecond.
        if (random() < 0.8) atMs += 1 + Math.floor(random() * 5);
        if (dice < 0.55) {
          await put(engine, key, step, atMs);
          model.add(key, step, false, atMs);
        } else if (dice < 0.85) {
          await remove(engine, key, atMs);
          model.add(key, step, true, atMs);
        } else {
          model.versioning = dice < 0.92 ? 'Suspended' : 'Enabled';
          await setVersioning(engine, model.versioning);
        }
        model.photograph(atMs);
      }
      for (let looked = 0; looked < 60; looked++) {
        const back = Math.floor(random() * (atMs - NOW + 4));
        await assertAsOf(engine, model, atMs + 1 - back, [1, 2, 3, 1000][looked % 4] ?? 1);
      }
    } finally {
      await engine.close();
    }
  });
}
