import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandInput, CommandName } from '../../../src-server/commands/registry.ts';
import type { ItemInput } from '../../../src-server/commands/support/new-batch.ts';
import type { BucketName, EpochMs, ObjectKey, SequenceId, VersionId } from '../../../src-server/domain/ids.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { seededRandom } from '../../support/seeded.ts';
import { newObject, versionId } from './object-fixture.ts';
import {
  BUCKET,
  completion,
  etagOf,
  extentInLog,
  NOW,
  OWNER,
  openBucket,
  openUpload,
  putPart,
} from './upload-fixture.ts';

/*
 * Every command that can take a version away, in random histories over few keys, in buckets whose rows may be damaged, by a
 * clock of locks that runs and sometimes stands far behind. Whatever answers: nothing locked goes before its time.
 */

const DAY_MS = 86_400_000;
const KEYS = ['a', 'b', 'folder/'] as ObjectKey[];
const NAME = 'backups' as BucketName;

interface Row {
  readonly key: ObjectKey;
  readonly seq: SequenceId;
  readonly version_id: VersionId;
  readonly is_marker: number;
  readonly body_id: number | null;
  readonly retention_mode: string | null;
  readonly retain_until_ms: number | null;
  readonly legal_hold: number | null;
}

const rowsOf = (engine: InlineEngine) =>
  engine.run((tx) => tx.all<Row>('SELECT * FROM object_version WHERE bucket_id = ? ORDER BY key, seq', BUCKET));

/** The rule once more, written apart from `domain/lock.ts`. */
function mustStay(row: Row, lockNowMs: number, bypass: boolean): boolean {
  if (row.legal_hold) return true;
  if (row.retention_mode === null && row.retain_until_ms === null) return false;
  if (row.retention_mode !== 'GOVERNANCE' && row.retention_mode !== 'COMPLIANCE') return true;
  if (row.retain_until_ms === null) return true;
  if (row.retention_mode === 'GOVERNANCE' && bypass) return false;
  return row.retain_until_ms > lockNowMs;
}

class History {
  readonly tried = new Map<string, number>();
  readonly #engine: InlineEngine;
  readonly #random: () => number;
  lockNowMs = NOW as number;
  refused = 0;

  constructor(engine: InlineEngine, seed: number) {
    this.#engine = engine;
    this.#random = seededRandom(seed);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.#random() * list.length)];
    assert.ok(found !== undefined);
    return found;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  get times() {
    return { nowMs: NOW, lockNowMs: this.lockNowMs as EpochMs };
  }

  /** Runs one command and looks whether anything went that had to stay. */
  async submit<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    { bypass = false, frames }: { bypass?: boolean; frames?: Buffer[] } = {},
  ): Promise<void> {
    this.tried.set(name, (this.tried.get(name) ?? 0) + 1);
    const before = await rowsOf(this.#engine);
    await this.#engine.client.submit(name, input, frames).catch(() => {
      this.refused += 1;
    });
    const after = await rowsOf(this.#engine);
    for (const row of before) {
      if (!mustStay(row, this.lockNowMs, bypass)) continue;
      const still = after.find(({ key, version_id }) => key === row.key && version_id === row.version_id);
      assert.ok(still, `${name} took ${row.key} ${row.version_id} away`);
      assert.equal(still.body_id, row.body_id, `${name} changed the body of ${row.key}`);
      const isHold = name === 'put-object-legal-hold';
      if (!isHold) assert.equal(still.legal_hold, row.legal_hold, name);
      const mayWeaken = row.retention_mode === 'GOVERNANCE' && bypass;
      if (!mayWeaken && row.retain_until_ms !== null && row.retain_until_ms > this.lockNowMs) {
        assert.ok((still.retain_until_ms ?? 0) >= row.retain_until_ms, `${name} shortened ${row.key}`);
        assert.equal(still.retention_mode, row.retention_mode, name);
      }
    }
  }

  lock() {
    const mode = this.pick(['GOVERNANCE', 'COMPLIANCE'] as const);
    const untilMs = (this.lockNowMs + Math.floor((this.#random() - 0.2) * 30 * DAY_MS)) as EpochMs;
    return {
      retention: this.chance(0.6) ? { mode, untilMs } : undefined,
      legalHold: this.chance(0.2) ? this.chance(0.7) : undefined,
    };
  }

  async put(): Promise<void> {
    const object = { ...newObject(this.pick(KEYS), 10, etagOf(1)), lock: { requested: this.lock(), ...this.times } };
    const input = { object, condition: { kind: 'none' as const }, extents: [extentInLog(10)] };
    await this.submit('put-object', input, { frames: [Buffer.alloc(8)] });
  }

  async complete(): Promise<void> {
    const upload = await openUpload(this.#engine, { key: this.pick(KEYS) }).catch(() => undefined);
    // A configuration that cannot be read refuses every write.
    if (upload === undefined) return;
    await putPart(this.#engine, upload, 1, 10);
    await this.submit('complete-upload', completion(upload, [1], this.times));
  }

  async some(): Promise<Row> {
    const rows = await rowsOf(this.#engine);
    if (rows.length > 0) return this.pick(rows);
    await this.put();
    return this.some();
  }

  async step() {
    const operation = {
      user_id: OWNER,
      user_name: 'ada',
      kind: 'delete' as const,
      bucket_id: BUCKET,
      bucket_name: NAME,
      summary: '{}',
      undo_of: null,
      created_ms: NOW,
    };
    const operationId = await this.#engine.client.submit('create-operation', { operation, request: '{}' });
    await this.#engine.run((tx) => tx.run(`UPDATE operation SET state = 'running' WHERE id = ?`, operationId));
    return { operationId, position: { item: 0, after: '' }, skipped: 0, problems: [] };
  }

  async items(): Promise<ItemInput[]> {
    const rows = [await this.some(), await this.some()];
    const keys = new Set<string>();
    return rows.flatMap(({ key, seq }): ItemInput[] => {
      if (keys.has(key)) return [];
      keys.add(key);
      return [
        {
          key,
          seq,
          targetKey: this.chance(0.5) ? key : this.pick(KEYS),
          candidateId: versionId(),
          markerId: versionId(),
        },
      ];
    });
  }
}

type Route = (history: History) => Promise<void>;
const scene = (history: History) => ({ bucketId: BUCKET, ownerId: OWNER, ...history.times });
const asked = (row: Row, history: History, bypassGovernance: boolean) => ({
  key: row.key,
  versionId: history.chance(0.8) ? row.version_id : undefined,
  condition: undefined,
  markerId: versionId(),
  bypassGovernance,
});
const bucket = { id: BUCKET, name: NAME };
const by = { userId: OWNER, name: 'ada', accessKeyId: null };

const ROUTES: readonly Route[] = [
  (history) => history.put(),
  (history) => history.put(),
  (history) => history.complete(),
  async (history) => {
    const bypass = history.chance(0.3);
    const request = asked(await history.some(), history, bypass);
    await history.submit('delete-object', { scene: scene(history), request }, { bypass });
  },
  async (history) => {
    const requests = [asked(await history.some(), history, false), asked(await history.some(), history, false)];
    await history.submit('delete-objects', { scene: scene(history), requests });
  },
  async (history) => {
    const { key, version_id } = await history.some();
    const bypassGovernance = history.chance(0.3);
    const retention = history.lock().retention;
    const input = { bucketId: BUCKET, bucketName: NAME, key, versionId: version_id, retention, bypassGovernance };
    await history.submit('put-object-retention', { ...input, ...history.times }, { bypass: bypassGovernance });
  },
  async (history) => {
    const { key, version_id } = await history.some();
    const isOn = history.chance(0.5);
    await history.submit('put-object-legal-hold', {
      bucketId: BUCKET,
      bucketName: NAME,
      key,
      versionId: version_id,
      isOn,
    });
  },
  async (history) => {
    const { key, version_id, seq } = await history.some();
    const object = {
      ...newObject(history.pick(KEYS), 10, etagOf(1)),
      lock: { requested: history.lock(), ...history.times },
    };
    const source = { bucketId: BUCKET, key, versionId: version_id, seq };
    await history.submit('copy-object', { object, condition: { kind: 'none' }, source });
  },
  async (history) => {
    const input = { step: await history.step(), bucketId: BUCKET, items: await history.items(), ownerId: OWNER };
    await history.submit('bin-objects', { ...input, userId: OWNER, isCounted: true, ...history.times });
  },
  async (history) => {
    const input = {
      step: await history.step(),
      bucketId: BUCKET,
      targetBucketId: BUCKET,
      items: await history.items(),
    };
    const how = { isMove: history.chance(0.7), takesBack: history.chance(0.6), occupied: 'replace' as const };
    const owners = { ownerId: null, markerOwnerId: OWNER, userId: OWNER, isNoted: false };
    await history.submit('transfer-objects', { ...input, ...how, ...owners, ...history.times });
  },
  async (history) => {
    const input = { step: await history.step(), bucketId: BUCKET, twinBucketId: BUCKET, items: await history.items() };
    await history.submit('withdraw-versions', { ...input, userId: OWNER, isCounted: true, ...history.times });
  },
  async (history) => {
    const input = { step: await history.step(), bucketId: BUCKET, items: await history.items(), userId: OWNER };
    await history.submit('revive-versions', { ...input, ...history.times });
  },
  async (history) => {
    const input = { step: await history.step(), bucketId: BUCKET, items: await history.items(), userId: OWNER };
    await history.submit('restore-binned', { ...input, occupied: 'replace', ...history.times });
  },
  async (history) => {
    const input = { step: await history.step(), bucketId: BUCKET, items: await history.items() };
    await history.submit('purge-binned', { ...input, nowMs: NOW });
  },
  async (history) => history.submit('delete-bucket', { bucket, nowMs: NOW, nameHeldUntilMs: NOW }),
  async (history) => {
    const versioning = history.pick(['Enabled', 'Suspended'] as const);
    await history.submit('put-bucket-versioning', { bucket, versioning, by, nowMs: NOW });
  },
  async (history) => {
    const objectLock = { enabled: true, defaultRetention: { mode: 'GOVERNANCE', unit: 'days', count: 1 } } as const;
    await history.submit('put-bucket-object-lock', { bucket, objectLock, by, nowMs: NOW });
  },
  async (history) => {
    const wanted = { name: NAME, owner: 'ada', versioning: 'Suspended', lockEnabled: history.chance(0.5) } as const;
    const rest = { tenants: [], users: [], settings: [], nowMs: NOW };
    await history.submit('apply-provisioning', { ...rest, buckets: [wanted] });
  },
  async (history) => history.submit('collect-garbage', { extentIds: [], beforeMs: NOW }),
];

/** What no command does: a row or a bucket is damaged, so that paths which should be shut are open. */
async function damage(engine: InlineEngine, history: History): Promise<void> {
  const { key, seq } = await history.some();
  const statements: readonly (readonly [string, ...(string | number)[]])[] = [
    [`UPDATE bucket SET versioning = 'Suspended' WHERE id = ?`, BUCKET],
    [`UPDATE bucket SET versioning = 'Off' WHERE id = ?`, BUCKET],
    [`UPDATE bucket SET versioning = 'Enabled' WHERE id = ?`, BUCKET],
    [`UPDATE bucket SET object_lock = '{' WHERE id = ?`, BUCKET],
    [`UPDATE bucket SET object_lock = '{"enabled":true}' WHERE id = ?`, BUCKET],
    [`UPDATE object_version SET retention_mode = 'X' WHERE key = ? AND seq = ? AND is_marker = 0`, key, seq],
    [`UPDATE object_version SET legal_hold = 9 WHERE key = ? AND seq = ? AND is_marker = 0`, key, seq],
  ];
  const [sql, ...parameters] = history.pick(statements);
  await engine.run((tx) => tx.run(sql, ...parameters));
}

for (let seed = 1; seed <= 12; seed++) {
  test(`no route removes what is locked (seed ${seed})`, async () => {
    const engine = await openBucket(seed % 3 === 0 ? 'Suspended' : 'Enabled');
    try {
      await engine.run((tx) => tx.run(`UPDATE bucket SET object_lock = '{"enabled":true}' WHERE id = ?`, BUCKET));
      const history = new History(engine, seed);
      for (let turn = 0; turn < 150; turn++) {
        // Forward as time goes, or back to where a clock that was set back would stand.
        history.lockNowMs = history.chance(0.1) ? NOW : history.lockNowMs + (history.chance(0.3) ? 2 * DAY_MS : 1000);
        if (seed % 2 === 0 && history.chance(0.1)) await damage(engine, history);
        await history.pick(ROUTES)(history);
      }
      assert.ok(history.tried.size >= 14, [...history.tried.keys()].join());
      assert.ok(history.refused > 5);
    } finally {
      engine.close();
    }
  });
}
