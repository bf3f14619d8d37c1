import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DurabilityMode } from '../../../src-server/config/schema.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { releaseSegments } from '../../../src-server/engine/checkpoint/release.ts';
import { assertBodiesReadable, assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, type EngineUnderTest, FREES, put, putBodies } from '../../support/engine-fixture.ts';
import { type Fault, FaultyIo, type IoCall } from '../../support/faulty-io.ts';
import { seededRandom, testScale, testSeed } from '../../support/seeded.ts';

const LIMITS = { segmentBytes: 64 * 1024, recordBytes: 16 * 1024, syncEveryMs: 5, walBytes: 64 * 1024 };
const ROUNDS = 12;

/** What the callers of a run were told. */
interface Told {
  readonly answered: Set<string>;
  readonly refused: Set<string>;
}

/** Puts, bodies, deletes, segment switches, checkpoints and releases; ends early when the engine stops itself. */
async function script(engine: EngineUnderTest): Promise<Told> {
  const told: Told = { answered: new Set(), refused: new Set() };
  const note = async (name: string, done: Promise<unknown>): Promise<void> => {
    try {
      await done;
      told.answered.add(name);
    } catch (error) {
      assert.ok(isFailure(error, 'ServiceUnavailable', 'InsufficientStorage'), String(error));
      told.refused.add(name);
    }
  };
  const unlessStopped = (done: Promise<unknown>): Promise<unknown> => Promise.race([done, stopOf(engine)]);
  for (let round = 0; round < ROUNDS && engine.fatal.error === undefined; round += 1) {
    const names = [`r${round}-a`, `r${round}-b`];
    await unlessStopped(
      Promise.all([
        ...names.map((name) => note(name, engine.submit(put(name, 'v'.repeat(1500))))),
        note(`body-${round}`, engine.submit(putBodies(`body${round}`), [body(1), body(2)])),
        note(
          `free-${round}`,
          engine.submit(async (tx) => tx.run("DELETE FROM setting WHERE name = 'x'"), [], FREES),
        ),
      ]),
    );
    if (round % 4 === 3 && engine.fatal.error === undefined) {
      await unlessStopped(engine.keeper.make().catch(() => undefined));
      await unlessStopped(
        releaseSegments(engine.core, engine.keeper, engine.segments, () => false).catch(() => undefined),
      );
    }
  }
  return told;
}

/** Resolves once the engine stopped itself: nobody is answered any more. */
async function stopOf(engine: EngineUnderTest): Promise<void> {
  while (engine.fatal.error === undefined && !engine.isOver()) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function runWith(
  durability: DurabilityMode,
  faults: readonly Fault[],
): Promise<{ calls: IoCall[]; stopped: boolean }> {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  const disks = [fixture.disk('disk1'), fixture.disk('disk2')] as const;
  try {
    const engine = await fixture.open({ io: io.wrap, durability, limits: LIMITS, otherDisks: [disks[1]] });
    io.calls.length = 0;
    for (const { operation, error, ...fault } of faults) io.fail(operation, error, fault);
    const told = await script(engine);
    const stopped = engine.fatal.error !== undefined;
    engine.abandon();
    const again = await fixture.open({ durability, limits: LIMITS, otherDisks: [disks[1]] });
    assert.equal(again.recovered.refusal, undefined);
    const there = new Set(settings(again).map(String));
    const isSetting = (name: string): boolean => name.startsWith('r');
    assert.deepEqual(
      [...told.answered].filter((name) => isSetting(name) && !there.has(name)),
      [],
      'answered, and lost',
    );
    assert.deepEqual(
      [...told.refused].filter((name) => there.has(name)),
      [],
      'refused, and there',
    );
    assertBodiesReadable(again, disks);
    await again.submit(put('afterwards'));
    await again.close();
    assertReplayEqual(fixture, disks);
    return { calls: io.calls, stopped };
  } finally {
    fixture.remove();
  }
}

for (const durability of ['strict', 'balanced'] as const) {
  test(`each file call of the engine fails in turn (${durability}): nothing answered is lost, nothing refused is there`, async (t) => {
    const seed = testSeed();
    const random = seededRandom(seed);
    const { calls } = await runWith(durability, []);
    const kinds = ['write', 'fdatasync', 'open', 'rename', 'syncFolder', 'truncate'] as const;
    let runs = 0;
    let stops = 0;
    for (const operation of kinds) {
      const total = calls.filter((call) => call.operation === operation).length;
      const errors = operation === 'write' ? (['EIO', 'ENOSPC', 'short'] as const) : (['EIO', 'ENOSPC'] as const);
      const samples = Math.min(total, 6 * testScale());
      for (let sample = 0; sample < samples; sample += 1) {
        const skip = samples === total ? sample : Math.floor(random() * total);
        const error = errors[Math.floor(random() * errors.length)] ?? 'EIO';
        // Some faults stay: a disk that died.
        const times = random() < 0.3 ? 1_000_000 : 1;
        const onFirst = (call: IoCall): boolean => times === 1 || call.path.includes('disk1');
        const { stopped } = await runWith(durability, [{ operation, error, skip, times, matches: onFirst }]).catch(
          (cause: unknown) => {
            throw new Error(`${operation} ${skip} ${error} x${times}`, { cause });
          },
        );
        runs += 1;
        if (stopped) stops += 1;
      }
    }
    t.diagnostic(`seed ${seed}: ${runs} runs, ${stops} exits with 4`);
  });
}
