import { type ContainerPlace, listDoomed } from '../../db/tables/container-upkeep.ts';
import { listGarbage } from '../../db/tables/garbage.ts';
import type { ContainerId, EpochMs, ExtentId } from '../../domain/ids.ts';
import { removeContainerFiles } from '../../storage/remove-containers.ts';
import type { BytesJobDeps } from '../bytes-job-deps.ts';
import { type Job, type JobFacts, MORE, type StepOutcome } from '../job.ts';

/** Rows looked at in a step, and extents given to one command (about 3 ms of the commit thread). */
const LOOK_AT = 1_000;
const COLLECT_AT_ONCE = 128;
const UNLINK_AT_ONCE = 32;
const REST_MS = 30_000;

export interface GarbageCollectionDeps extends BytesJobDeps {
  /** How long bytes that nobody names are kept. */
  readonly graceMs: number;
}

/**
 * Removes bytes that nobody names any more: rows first (`collect-garbage`), then, that being durable, the files of chunks
 * that hold nothing, then the containers' rows. Every step can be repeated.
 */
export class GarbageCollectionJob implements Job {
  readonly name = 'garbage-collection';
  readonly #deps: GarbageCollectionDeps;
  /** Where this pass through the list stands. */
  #after = 0;
  #doomed: readonly ContainerPlace[] | undefined;
  #collectedExtents = 0;
  #collectedBytes = 0;
  #removedContainers = 0;

  constructor(deps: GarbageCollectionDeps) {
    this.#deps = deps;
  }

  async step(): Promise<StepOutcome> {
    this.#doomed ??= await this.#deps.catalogue.read((tx) => listDoomed(tx));
    if (await this.#removeDoomed(this.#doomed)) return MORE;
    return this.#collect();
  }

  facts(): JobFacts {
    return {
      collectedExtents: this.#collectedExtents,
      collectedBytes: this.#collectedBytes,
      removedContainers: this.#removedContainers,
      doomedContainers: new Set(this.#doomed?.map(({ id }) => id)).size,
    };
  }

  async #collect(): Promise<StepOutcome> {
    const { catalogue, engine, graceMs, now } = this.#deps;
    const beforeMs = (now() - graceMs) as EpochMs;
    const rows = await catalogue.read((tx) => listGarbage(tx, this.#after, LOOK_AT));
    const due = rows.filter((row) => row.since_ms <= beforeMs).slice(0, COLLECT_AT_ONCE);
    if (due.length > 0)
      await this.#submit(
        engine,
        due.map((row) => row.extent_id),
        beforeMs,
      );
    const all = due.length < COLLECT_AT_ONCE;
    const last = all ? rows.at(-1) : due.at(-1);
    if (due.length === 0 && rows.length < LOOK_AT) {
      this.#after = 0;
      // Segments may have been doomed by others meanwhile.
      if ((this.#doomed?.length ?? 0) === 0) this.#doomed = undefined;
      return { kind: 'rest', forMs: Math.min(REST_MS, Math.max(1, graceMs / 4)) };
    }
    this.#after = last?.extent_id ?? this.#after;
    return MORE;
  }

  async #submit(engine: BytesJobDeps['engine'], extentIds: readonly ExtentId[], beforeMs: EpochMs): Promise<void> {
    const { extents, bytes, doomed } = await engine.submit('collect-garbage', { extentIds, beforeMs });
    this.#collectedExtents += extents;
    this.#collectedBytes += bytes;
    this.#doomed = [...(this.#doomed ?? []), ...doomed];
  }

  /** True if it removed any. Containers that are being read, or stand on an absent disk, wait. */
  async #removeDoomed(doomed: readonly ContainerPlace[]): Promise<boolean> {
    const { disks, pins, fs, engine } = this.#deps;
    const waiting = new Set(
      doomed
        .filter((place) => pins.isPinned(place.name) || disks.disk(place.disk_id) === undefined)
        .map((place) => place.id),
    );
    const ready = new Map<ContainerId, ContainerPlace[]>();
    for (const place of doomed) {
      if (waiting.has(place.id) || (!ready.has(place.id) && ready.size >= UNLINK_AT_ONCE)) continue;
      ready.set(place.id, [...(ready.get(place.id) ?? []), place]);
    }
    if (ready.size === 0) return false;
    // A power cut must not take back the commit that doomed them once the files are gone.
    await this.#deps.untilLogSynced();
    const files = [...ready.values()].flat().flatMap(({ disk_id, kind, name }) => {
      const disk = disks.disk(disk_id);
      // Segments of the log are the engine's.
      return disk === undefined || kind === 'log' ? [] : [{ root: disk.root, kind, name }];
    });
    await removeContainerFiles(fs, files);
    await engine.submit('forget-containers', { containerIds: [...ready.keys()] });
    this.#removedContainers += ready.size;
    this.#doomed = this.#doomed?.filter(({ id }) => !ready.has(id));
    return true;
  }
}
