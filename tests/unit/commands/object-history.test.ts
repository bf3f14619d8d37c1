import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectKey, SequenceId, VersionId } from '../../../src-server/domain/ids.ts';
import { seededRandom } from '../../support/seeded.ts';
import { assertSound, newObject, put, remove, rows, setVersioning, versionId } from './object-fixture.ts';
import { BUCKET, etagOf, openBucket } from './upload-fixture.ts';

/** The plainest bucket there is: lists of versions, newest first. */
class Model {
  versioning = 'Off';
  readonly keys = new Map<string, { id: string; marker: boolean; etag: string }[]>();

  of(key: string) {
    const list = this.keys.get(key) ?? [];
    this.keys.set(key, list);
    return list;
  }

  add(key: string, id: string, etag: string, marker: boolean): void {
    const list = this.of(key);
    const real = this.versioning === 'Enabled' ? id : 'null';
    const kept = real === 'null' ? list.filter((version) => version.id !== 'null') : list;
    this.keys.set(key, [{ id: real, marker, etag }, ...kept]);
  }

  drop(key: string, id: string): void {
    this.keys.set(
      key,
      this.of(key).filter((version) => version.id !== id),
    );
  }

  lines(): string[] {
    return [...this.keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, list]) =>
        list.map(({ id, marker, etag }, i) => `${key} ${id} ${marker ? 'marker' : etag}${i === 0 ? ' *' : ''}`),
      );
  }
}

const KEYS = ['a', 'a/b', 'c'];
const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 120;

for (const seed of SEEDS) {
  test(`a history of puts, copies, deletes and switched versioning (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const engine = await openBucket();
    const model = new Model();
    try {
      for (let step = 0; step < STEPS; step++) {
        const key = pick(KEYS) ?? 'a';
        const dice = random();
        if (dice < 0.4) {
          const id = versionId();
          await put(engine, key, { mark: step, size: step % 5 === 0 ? 0 : step, id });
          model.add(key, id, etagOf(step), false);
        } else if (dice < 0.55) {
          await copyCurrent(engine, model, key, pick(KEYS) ?? 'c');
        } else if (dice < 0.7) {
          const outcome = await remove(engine, key);
          if (model.versioning === 'Off') model.drop(key, 'null');
          else model.add(key, outcome.kind === 'marked' ? outcome.markerId : '', '', true);
        } else if (dice < 0.9) {
          const version = pick(model.of(key));
          await remove(engine, key, (version?.id ?? 'null') as VersionId);
          model.drop(key, version?.id ?? 'null');
        } else {
          model.versioning = pick(['Enabled', 'Suspended']) ?? 'Enabled';
          await setVersioning(engine, model.versioning);
        }
        const stored = (await rows(engine)).map(
          (row) =>
            `${row.key} ${row.version_id} ${row.is_marker === 1 ? 'marker' : row.etag}${row.is_current === 1 ? ' *' : ''}`,
        );
        assert.deepEqual(stored, model.lines(), `step ${step}`);
      }
      await assertSound(engine);
    } finally {
      engine.close();
    }
  });
}

async function copyCurrent(
  engine: Awaited<ReturnType<typeof openBucket>>,
  model: Model,
  from: string,
  to: string,
): Promise<void> {
  const source = model.of(from)[0];
  if (source === undefined || source.marker) return;
  const found = await engine.catalogue.read((tx) =>
    tx.get<{ seq: SequenceId; size: number }>(
      'SELECT seq, size FROM object_version WHERE key = ? AND version_id = ?',
      from,
      source.id,
    ),
  );
  assert.ok(found);
  const id = versionId();
  await engine.client.submit('copy-object', {
    object: newObject(to, found.size, source.etag as ReturnType<typeof etagOf>, id),
    condition: { kind: 'none' },
    source: { bucketId: BUCKET, key: from as ObjectKey, versionId: source.id as VersionId, seq: found.seq },
  });
  model.add(to, id, source.etag, false);
}
