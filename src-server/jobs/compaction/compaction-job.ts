import { countLiveExtents, listSparseSegments, type SparseContainer } from '../../db/tables/container-upkeep.ts';
import { type ExtentRow, hasExtents, listExtents } from '../../db/tables/extent.ts';
import { isFailure } from '../../domain/failure.ts';
import type { ContainerId, ExtentId } from '../../domain/ids.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import type { ExtentAppender } from '../../storage/extent-appender.ts';
import { containerPath } from '../../storage/layout.ts';
import type { SegmentPlace } from '../../storage/place-in-segment.ts';
import { readStoredExtent } from '../../storage/stored-extent.ts';
import type { BytesJobDeps } from '../bytes-job-deps.ts';
import { type Job, type JobFacts, MORE, type StepOutcome } from '../job.ts';
import { isWorthCopying } from './is-worth-copying.ts';

const CANDIDATES = 50;
/** What one command repoints: about 2 ms of the commit thread, and a journal record far below its limit. */
const EXTENTS_AT_ONCE = 64;
const BYTES_AT_ONCE = 2 * 1_048_576;
const REST_MS = 60_000;
/** A read that learned the old place just before the switch opens its file within moments. */
const READERS_DRAIN_MS = 600_000;

export interface CompactionDeps extends BytesJobDeps {
  readonly appender: ExtentAppender;
  readonly readersDrainMs?: number;
}

interface Choice {
  readonly empty: SparseContainer[];
  readonly next: SparseContainer | undefined;
  readonly more?: boolean;
}

interface Compacting {
  readonly container: SparseContainer;
  after: ExtentId | 0;
}

/**
 * Empties sealed segments of which more than 40 % is dead: copies what lives, byte for byte and verified, to the log's end
 * or to another segment of the tier, and repoints it in one commit. Emptied segments of tiers are doomed once no read can
 * know them any more; those of the log are the engine's to remove.
 */
export class CompactionJob implements Job {
  readonly name = 'compaction';
  readonly #deps: CompactionDeps;
  #current: Compacting | undefined;
  /** Segments that cannot be emptied: something in them is damaged, or their disk fails. Until the next start. */
  readonly #stuck = new Set<ContainerId>();
  /** Live bytes of segments when they were found not worth copying. */
  readonly #kept = new Map<ContainerId, number>();
  readonly #emptySince = new Map<ContainerId, number>();
  #copiedExtents = 0;
  #copiedBytes = 0;

  constructor(deps: CompactionDeps) {
    this.#deps = deps;
  }

  async step(): Promise<StepOutcome> {
    if (this.#current !== undefined) {
      await this.#copySome(this.#current);
      return MORE;
    }
    const found = await this.#choose();
    await this.#doomEmpty(found.empty);
    if (found.next === undefined) return found.more ? MORE : { kind: 'rest', forMs: REST_MS };
    this.#current = { container: found.next, after: 0 };
    return MORE;
  }

  facts(): JobFacts {
    return {
      copiedExtents: this.#copiedExtents,
      copiedBytes: this.#copiedBytes,
      segment: this.#current?.container.name ?? '',
      stuckSegments: this.#stuck.size,
    };
  }

  /** At most one segment is counted in a step: it may hold a hundred thousand extents. */
  async #choose(): Promise<Choice> {
    const { catalogue, disks } = this.#deps;
    return catalogue.read(async (tx) => {
      const empty: SparseContainer[] = [];
      for (const container of await listSparseSegments(tx, CANDIDATES)) {
        const { id, kind, length, live_bytes: liveBytes } = container;
        if (this.#stuck.has(id) || disks.disk(container.disk_id) === undefined) continue;
        if (liveBytes === 0) {
          if (kind === 'segment' && !(await hasExtents(tx, id))) empty.push(container);
          continue;
        }
        // Judged before, and not much went since.
        if (liveBytes > (this.#kept.get(id) ?? Number.POSITIVE_INFINITY) - 0.05 * length) continue;
        const extents = await countLiveExtents(tx, id);
        if (extents > 0 && isWorthCopying(kind, length, liveBytes, extents)) return { empty, next: container };
        this.#kept.set(id, liveBytes);
        return { empty, next: undefined, more: true };
      }
      return { empty, next: undefined };
    });
  }

  async #doomEmpty(empty: readonly SparseContainer[]): Promise<void> {
    const { engine, pins, readersDrainMs = READERS_DRAIN_MS } = this.#deps;
    const now = performance.now();
    const containerIds = empty
      .filter(({ id, name }) => {
        const since = this.#emptySince.get(id) ?? now;
        this.#emptySince.set(id, since);
        return now - since >= readersDrainMs && !pins.isPinned(name);
      })
      .map(({ id }) => id);
    if (containerIds.length === 0) return;
    // Their files are found by garbage collection.
    await engine.submit('doom-segments', { containerIds });
    for (const id of containerIds) this.#emptySince.delete(id);
  }

  async #copySome(current: Compacting): Promise<void> {
    const { catalogue } = this.#deps;
    const { container, after } = current;
    const rows = await catalogue.read((tx) => listExtents(tx, container.id, after, EXTENTS_AT_ONCE));
    if (rows.length === 0) {
      this.#current = undefined;
      // What is left is garbage in its grace, or changed under way.
      this.#kept.set(container.id, container.live_bytes);
      return;
    }
    try {
      const { copies, last } = await this.#readSome(container, rows);
      if (copies.length > 0) await this.#relocate(container, copies);
      current.after = last;
    } catch (error) {
      this.#current = undefined;
      // There is no room for it now, or too much else to do: the segment is as good as before.
      if (isFailure(error, 'InsufficientStorage') || isFailure(error, 'SlowDown')) throw error;
      // Others first; what is damaged stays where it is, for repair.
      this.#stuck.add(container.id);
      const message = `${container.name}: ${error instanceof Error ? error.message : String(error)}`;
      this.#deps.disks.report({ diskId: container.disk_id, code: errnoOf(error) ?? 'EIO', message });
      throw error;
    }
  }

  async #readSome(
    container: SparseContainer,
    rows: readonly ExtentRow[],
  ): Promise<{ copies: Copy[]; last: ExtentId | 0 }> {
    const { fs, disks } = this.#deps;
    const disk = disks.disk(container.disk_id);
    if (disk === undefined) throw Object.assign(new Error('its disk is absent'), { code: 'ENODEV' });
    const fd = await fs.open(containerPath(disk.root, container.kind, container.name), 'r');
    const copies: Copy[] = [];
    let last: ExtentId | 0 = 0;
    let bytes = 0;
    try {
      for (const row of rows) {
        if (bytes >= BYTES_AT_ONCE) break;
        last = row.id;
        // Garbage goes by itself.
        if (row.refs === 0) continue;
        const { uid, container_offset: offset, codec } = row;
        const lengths = { headerLength: row.header_length, storedLength: row.stored_length };
        const facts = { uid, offset, codec, ...lengths, plainLength: row.plain_length };
        copies.push({ row, bytes: await readStoredExtent(fs, fd, facts) });
        bytes += row.header_length + row.stored_length;
      }
    } finally {
      await fs.close(fd);
    }
    return { copies, last };
  }

  async #relocate(container: SparseContainer, copies: readonly Copy[]): Promise<void> {
    const { engine, now } = this.#deps;
    const places = container.kind === 'log' ? [] : await this.#append(container, copies);
    const moves = copies.map(({ row, bytes }, index) => ({
      extentId: row.id,
      fromContainerId: container.id,
      fromOffset: row.container_offset,
      footprintBytes: bytes.length,
      to: moveTarget(places[index], index),
    }));
    const frames = container.kind === 'log' ? copies.map(({ bytes }) => bytes) : [];
    crashPoint('compaction-copied');
    try {
      this.#copiedExtents += await engine.submit('relocate-extents', { moves, nowMs: now() }, frames);
      crashPoint('compaction-switched');
      this.#copiedBytes += copies.reduce((sum, { bytes }) => sum + bytes.length, 0);
    } finally {
      for (const place of places) place.settle();
    }
  }

  async #append(container: SparseContainer, copies: readonly Copy[]): Promise<SegmentPlace[]> {
    const { appender, disks } = this.#deps;
    const disk = disks.disk(container.disk_id);
    if (disk === undefined) throw Object.assign(new Error('its disk is absent'), { code: 'ENODEV' });
    // Together: one sync serves them all.
    const appended = await Promise.allSettled(copies.map(({ bytes }) => appender.append(bytes, [disk])));
    const places = appended.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = appended.find((result) => result.status === 'rejected');
    if (failed === undefined) return places;
    for (const place of places) place.settle();
    throw failed.reason;
  }
}

interface Copy {
  readonly row: ExtentRow;
  readonly bytes: Buffer;
}

function moveTarget(place: SegmentPlace | undefined, frame: number) {
  if (place === undefined) return { kind: 'log', frame } as const;
  const { name, diskId, offset } = place;
  return { kind: 'segment', name, diskId, offset } as const;
}
