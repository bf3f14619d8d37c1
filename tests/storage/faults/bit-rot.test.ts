import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck, runStowage } from '../../support/run-stowage.ts';
import { seededBytes, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { StartFailed, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { CrashServer } from '../crash/crash-server.ts';
import { untilCheckpoint } from './checkpoints.ts';
import { type Flip, flip } from './flip.ts';

const BUCKET = 'rot';
const KIB = 1024;
const SIZES = [1, 1000, 5000, 70 * KIB, 300 * KIB, 1200 * KIB];
const OBJECTS = 36;
const BODY_FOLDERS = ['hot/log', 'hot/chunks', 'warm/segments'];
const WARM = { 'x-amz-storage-class': 'STANDARD_IA' };
const RUNNING_FLIPS = 40 * testScale();
const STOPPED_FLIPS = 3 * testScale();
const LIMITS = { engine: { segmentBytes: 1024 * KIB, recordBytes: 256 * KIB }, tierSegmentBytes: 512 * KIB };
const CHECKPOINT_SOON = { ...LIMITS, engine: { ...LIMITS.engine, checkpointPauseMs: 50, housekeepingMs: 50 } };

/** What a key's GET showed. `error`: a 5xx or a connection that was cut. */
type Shown = 'right' | 'error' | 'wrong' | 'absent';

class Scene {
  readonly server = new CrashServer({ limits: LIMITS });
  readonly random: () => number;
  readonly pristine = `${this.server.root}-pristine`;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** An install with bodies in chunks, tier segments and several log segments, a checkpoint, and records behind it. */
  async fill(): Promise<void> {
    const { server } = this;
    await server.start();
    assert.equal((await server.client.request({ method: 'PUT', path: `/${BUCKET}` })).status, 200);
    for (let index = 0; index < OBJECTS / 2; index += 1) await this.put(index);
    await server.stop();
    await server.start({ STOWAGE_DEBUG_LIMITS: JSON.stringify(CHECKPOINT_SOON) });
    await untilCheckpoint(server.root);
    for (let index = OBJECTS / 2; index < OBJECTS; index += 1) await this.put(index);
  }

  async put(index: number): Promise<void> {
    const body = bodyOf(index);
    const request = { method: 'PUT', path: `/${BUCKET}/${index}`, body, amzHeaders: index % 3 === 0 ? WARM : {} };
    assert.equal((await this.server.client.request(request)).status, 200);
  }

  /** Every object by GET, and by a range of it. */
  async read(): Promise<Map<number, Shown>> {
    const shown = new Map<number, Shown>();
    for (let index = 0; index < OBJECTS; index += 1) shown.set(index, await this.show(index));
    return shown;
  }

  async show(index: number): Promise<Shown> {
    const body = bodyOf(index);
    const whole = await this.get(index, {});
    if (whole === 'error' || whole === 'absent') return whole;
    const from = Math.floor(this.random() * body.length);
    const to = from + Math.floor(this.random() * (body.length - from));
    const part = await this.get(index, { range: `bytes=${from}-${to}` });
    const isRight = whole.equals(body) && typeof part !== 'string' && part.equals(body.subarray(from, to + 1));
    return isRight ? 'right' : 'wrong';
  }

  async get(index: number, headers: Readonly<Record<string, string>>): Promise<Buffer | 'error' | 'absent'> {
    const client = new LeanClient(this.server.url, TEST_ROOT_CREDENTIALS);
    const answer = await client.request({ method: 'GET', path: `/${BUCKET}/${index}`, headers }).catch(() => undefined);
    client.close();
    if (answer === undefined || answer.status >= 500) return 'error';
    return answer.status === 200 || answer.status === 206 ? answer.body : 'absent';
  }

  files(...folders: readonly string[]): string[] {
    return folders.flatMap((folder) =>
      readdirSync(join(this.server.root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'ballast' && !entry.name.endsWith('.lock'))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  }

  /** A bit of one of the files, each as likely as the others. */
  draw(paths: readonly string[], range: { readonly withinBytes?: number; readonly fromEndBytes?: number } = {}): Flip {
    const path = paths[Math.floor(this.random() * paths.length)] ?? '';
    const { size } = statSync(path);
    const from = Math.max(0, size - (range.fromEndBytes ?? size));
    const length = Math.min(size - from, range.withinBytes ?? size);
    return { path, bit: from * 8 + Math.floor(this.random() * length * 8) };
  }

  check(options: readonly string[]) {
    return runStowage(['check', '--data-dir', this.server.dataDir, ...this.server.disks, ...options]);
  }

  keep(): void {
    cpSync(this.server.root, this.pristine, { recursive: true, preserveTimestamps: true });
  }

  restore(): void {
    for (const name of readdirSync(this.server.root)) rmSync(join(this.server.root, name), { recursive: true });
    cpSync(this.pristine, this.server.root, { recursive: true, preserveTimestamps: true });
  }

  async remove(): Promise<void> {
    await this.server.remove();
    rmSync(this.pristine, { recursive: true, force: true });
  }
}

function bodyOf(index: number): Buffer {
  return seededBytes(`body ${index}`, SIZES[index % SIZES.length] ?? 0);
}

/** DURABILITY D8: no flipped bit becomes a wrong byte in an answer; the check names the file; a repair deletes nothing. */
test('bits that flip in bodies under a running server', async (t) => {
  await withScene(t, async (scene) => {
    const { server } = scene;
    const tally = { error: 0, harmless: 0 };
    for (let round = 0; round < RUNNING_FLIPS; round += 1) {
      const one = scene.draw(scene.files(...BODY_FOLDERS));
      flip(one);
      const shown = await scene.read();
      assert.deepEqual(keysOf(shown, 'wrong'), [], where(scene, one));
      assert.deepEqual(keysOf(shown, 'absent'), [], where(scene, one));
      tally[keysOf(shown, 'error').length > 0 ? 'error' : 'harmless'] += 1;
      flip(one);
      assert.deepEqual(keysOf(await scene.read(), 'right').length, OBJECTS, where(scene, one));
    }
    t.diagnostic(
      `${RUNNING_FLIPS} flips: ${tally.error} made errors, ${tally.harmless} hit what no read needs, 0 wrong`,
    );
    // They stay now: what is asked beside the server and after it is who says where.
    const bodies = scene.files('hot/chunks', 'warm/segments');
    const damaged = [bodies[0], bodies.at(-1)].filter((path) => path !== undefined);
    for (const path of damaged) flip({ path, bit: (statSync(path).size - 100) * 8 });
    for (const repair of [[], ['--repair']]) {
      if (repair.length > 0) assert.equal(await server.stop(), 0);
      const before = filesAnywhere(scene);
      const { code, output } = await scene.check(repair);
      assert.equal(code, 1, output);
      for (const path of damaged) assert.match(output, new RegExp(`damaged-extent.*${basename(path)}`));
      assert.deepEqual(
        before.filter((name) => !filesAnywhere(scene).includes(name)),
        [],
        'a repair took files away',
      );
    }
    await server.start();
    const shown = await scene.read();
    assert.deepEqual([keysOf(shown, 'wrong'), keysOf(shown, 'absent')], [[], []]);
    assert.ok(keysOf(shown, 'error').length > 0);
    for (const path of damaged) flip({ path, bit: (statSync(path).size - 100) * 8 });
    assert.deepEqual(keysOf(await scene.read(), 'right').length, OBJECTS);
    assert.equal(await server.stop(), 0);
    await expectCleanCheck(server.dataDir, server.disks);
  });
});

const STOPPED = [
  { what: 'the log', files: (scene: Scene) => scene.files('hot/log') },
  { what: 'a header of the log', files: (scene: Scene) => scene.files('hot/log'), withinBytes: 4096 },
  {
    what: 'the end of the log',
    files: (scene: Scene) => scene.files('hot/log').sort().slice(-1),
    fromEndBytes: 600_000,
  },
  { what: 'bodies', files: (scene: Scene) => scene.files('hot/chunks', 'warm/segments') },
  { what: 'the catalogue', files: (scene: Scene) => [join(scene.server.dataDir, 'catalogue.db')] },
  { what: 'checkpoints', files: (scene: Scene) => scene.files('hot/checkpoints', 'warm/checkpoints') },
  {
    what: 'small files',
    files: (scene: Scene) => scene.files('data', 'hot', 'warm').filter((path) => /(\.json|master-key)$/.test(path)),
  },
] as const;

test('bits that flip while the server is stopped', async (t) => {
  await withScene(t, async (scene) => {
    assert.equal(await scene.server.stop(), 0);
    await expectCleanCheck(scene.server.dataDir, scene.server.disks);
    scene.keep();
    for (const { what, files, ...range } of STOPPED) {
      const tally = new Map<string, number>();
      for (let round = 0; round < STOPPED_FLIPS; round += 1) {
        scene.restore();
        const outcome = await attackStopped(scene, scene.draw(files(scene), range));
        tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      }
      t.diagnostic(`${what}: ${[...tally].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`);
    }
  });
});

/** After a crash nothing says what the catalogue's file was: SQLite's checks, the WAL's checksums and the frames are what is left. */
test('bits that flip in the catalogue of a server that was killed', async (t) => {
  await withScene(t, async (scene) => {
    await scene.server.kill();
    scene.keep();
    for (let round = 0; round < 2 * STOPPED_FLIPS; round += 1) {
      scene.restore();
      const one = scene.draw(scene.files('data').filter((path) => /catalogue\.db(-wal)?$/.test(path)));
      flip(one);
      if (!(await startOrRefuse(scene, one))) continue;
      assert.deepEqual(keysOf(await scene.read(), 'wrong'), [], where(scene, one));
      await scene.server.kill();
    }
  });
});

/** Answers what the start made of it. */
async function attackStopped(scene: Scene, one: Flip): Promise<string> {
  const { server } = scene;
  const fromEnd = statSync(one.path).size - (one.bit >>> 3);
  const before = flip(one);
  const said = where(scene, one);
  const check = await scene.check([]);
  const isNamed = check.code !== 0 && check.output.includes(basename(one.path).replace(/\.json$/, ''));
  if (!(await startOrRefuse(scene, one))) return 'refused';
  const shown = await scene.read();
  assert.deepEqual([keysOf(shown, 'wrong'), keysOf(shown, 'absent')], [[], []], said);
  const errors = keysOf(shown, 'error').length;
  const health = await fetch(`${server.consoleUrl}/health/ready`);
  const reason = await health.text();
  const put = await server.client.request({ method: 'PUT', path: `/${BUCKET}/new`, body: Buffer.from('new') });
  if (health.status === 200) assert.equal(put.status, 200, said);
  else {
    assert.match(reason, /writes are refused: \S/, said);
    assert.equal(put.status, 503, said);
  }
  assert.equal(await server.stop(), 0, said);
  assert.ok(isNamed || isNobodys(one, before, fromEnd), `${said}: the check does not name it: ${check.output}`);
  if (health.status !== 200) return 'served reads only';
  if (errors > 0) return 'made errors';
  return readdirSync(server.dataDir).some((name) => name.includes('.aside-')) ? 'rebuilt' : 'served';
}

/** When a checkpoint was made stands last in its manifest, and nothing else tells it. */
const TIME_BYTES = 17;

/** Bytes that mean nothing to anybody: padding, a time, what the start itself compares or makes again. */
function isNobodys({ path }: Flip, before: number, fromEnd: number): boolean {
  if (path.endsWith('.log')) return before === 0;
  if (/checkpoints.*\.json$/.test(path)) return fromEnd <= TIME_BYTES;
  return /(catalogue-closed\.json|master-key|install\.json|stowage-disk\.json)$/.test(path);
}

/** False where the start was refused, in one line that names what is wrong. */
async function startOrRefuse(scene: Scene, one: Flip): Promise<boolean> {
  try {
    await scene.server.start();
    return true;
  } catch (error) {
    assert.ok(error instanceof StartFailed, String(error));
    const lines = error.stderr.split('\n').filter((line) => line.startsWith('stowage: '));
    assert.deepEqual([error.exitCode, lines.length], [2, 1], `${where(scene, one)}: ${error.stderr}`);
    return false;
  }
}

async function withScene(t: TestContext, use: (scene: Scene) => Promise<void>): Promise<void> {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const scene = new Scene(seed);
  try {
    await scene.fill();
    await use(scene);
  } finally {
    await scene.remove();
  }
}

function keysOf(shown: ReadonlyMap<number, Shown>, kind: Shown): number[] {
  return [...shown].filter(([, one]) => one === kind).map(([key]) => key);
}

function where({ server }: Scene, { path, bit }: Flip): string {
  return `bit ${bit} of ${relative(server.root, path)}`;
}

/** Names of body files, whatever folder they stand in: quarantine puts something before a name. */
function filesAnywhere(scene: Scene): string[] {
  return scene.files('hot', 'warm').map((path) => basename(path).replace(/^\d+-(chunks-..|segments)-/, ''));
}
