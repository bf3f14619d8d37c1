import { Failure } from '../domain/failure.ts';
import type { DiskId, Tier } from '../domain/ids.ts';
import { type DiskRoom, orderDisks, roomBytes } from '../domain/placement.ts';
import type { Logger } from '../observability/logger.ts';
import type { DiskSpace } from '../platform/disk-facts.ts';
import { isNoSpace } from '../platform/fs-durable.ts';
import type { DiskFault, DiskTarget } from '../storage/io-protocol.ts';
import type { Placer, Reservation, SmallPlace } from '../storage/placer.ts';

/** Stored bytes of a body over its plain ones, at most: trailers (3 in 10,000 when encrypted) and headers. */
const STORED_OVERHEAD = 1.001;
const FIELDS = 4;
const RESERVED = 0;
const SUSPECT = 1;
/** Bytes of bodies that were written since the start, over all threads. */
const WRITTEN = 2;
/** Calls that the disk refused, or that found damaged bytes, since the start. */
const FAULTS = 3;

/** One disk of the catalogue as threads tell each other. */
export interface DiskFacts {
  readonly id: DiskId;
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly root: string;
  readonly device: number;
  /** Undefined while the disk is absent. */
  readonly space: DiskSpace | undefined;
}

/** How a disk has fared since the start. */
export interface DiskCondition extends DiskFacts {
  /** It refused a call: it is the last choice until the next start. */
  readonly isSuspect: boolean;
  readonly faults: number;
  /** It holds the log. */
  readonly hasLog: boolean;
}

/** What a thread needs for its own `DiskSet`; cloneable. `memory` holds what all of them must agree on. */
export interface DiskSetState {
  readonly disks: readonly DiskFacts[];
  /** The disk that holds the log. */
  readonly logDiskId: DiskId;
  readonly memory: SharedArrayBuffer;
}

export function createDiskSetState(disks: readonly DiskFacts[], logDiskId: DiskId): DiskSetState {
  return { disks, logDiskId, memory: new SharedArrayBuffer(disks.length * FIELDS * 8) };
}

class Disk implements DiskRoom {
  readonly facts: DiskFacts;
  readonly target: DiskTarget;
  #space: DiskSpace | undefined;
  /** What was written when somebody last asked the system for its space. */
  #writtenBefore = 0n;
  readonly #shared: BigInt64Array;
  readonly #at: number;

  constructor(facts: DiskFacts, shared: BigInt64Array, index: number) {
    this.facts = facts;
    this.target = { diskId: facts.id, root: facts.root, device: facts.device };
    this.#space = facts.space;
    this.#shared = shared;
    this.#at = index * FIELDS;
  }

  get tier(): Tier {
    return this.facts.tier;
  }

  get space(): DiskSpace | undefined {
    return this.#space;
  }

  get totalBytes(): number {
    return this.#space?.totalBytes ?? 0;
  }

  /** As last seen, less what was written since: a fast client fills a small disk between two looks. */
  get freeBytes(): number {
    const sinceBytes = Number(this.written - this.#writtenBefore);
    return Math.max(0, (this.#space?.freeBytes ?? 0) - sinceBytes);
  }

  get written(): bigint {
    return Atomics.load(this.#shared, this.#at + WRITTEN);
  }

  /** @param writtenBefore `written` before the system was asked */
  setSpace(space: DiskSpace | undefined, writtenBefore: bigint): void {
    this.#space = space;
    this.#writtenBefore = writtenBefore;
  }

  get reservedBytes(): number {
    return Number(Atomics.load(this.#shared, this.#at + RESERVED));
  }

  /** Bytes that were reserved stand on the disk now. */
  wrote(bytes: number): void {
    this.reserve(-bytes);
    Atomics.add(this.#shared, this.#at + WRITTEN, BigInt(Math.round(bytes)));
  }

  reserve(bytes: number): void {
    Atomics.add(this.#shared, this.#at + RESERVED, BigInt(Math.round(bytes)));
  }

  get suspect(): boolean {
    return Atomics.load(this.#shared, this.#at + SUSPECT) !== 0n;
  }

  get faults(): number {
    return Number(Atomics.load(this.#shared, this.#at + FAULTS));
  }

  countFault(): void {
    Atomics.add(this.#shared, this.#at + FAULTS, 1n);
  }

  /** True for the first one to say so. */
  markSuspect(): boolean {
    return Atomics.exchange(this.#shared, this.#at + SUSPECT, 1n) === 0n;
  }
}

/** The disks as one thread sees them: which one takes a body (TIERS.md, Placement and Space), and where they stand. */
export class DiskSet implements Placer {
  readonly #disks: readonly Disk[];
  readonly #logDisk: Disk;
  readonly #log: Logger;

  constructor(state: DiskSetState, log: Logger) {
    const shared = new BigInt64Array(state.memory);
    this.#disks = state.disks.map((facts, index) => new Disk(facts, shared, index));
    const logDisk = this.#disks.find((disk) => disk.facts.id === state.logDiskId);
    if (logDisk === undefined) throw new Error('the disk of the log is not among the disks');
    this.#logDisk = logDisk;
    this.#log = log;
  }

  /** Facts of all disks, newest space included. */
  facts(): DiskFacts[] {
    return this.#disks.map((disk) => ({ ...disk.facts, space: disk.space }));
  }

  /** Facts of all disks with what they refused, over all threads. */
  conditions(): DiskCondition[] {
    return this.#disks.map((disk) => ({
      ...disk.facts,
      space: disk.space,
      isSuspect: disk.suspect,
      faults: disk.faults,
      hasLog: disk === this.#logDisk,
    }));
  }

  /** Bytes of bodies that were written to a disk since the start: to be asked before its space is. */
  writtenBytes(diskId: number): bigint {
    return this.#find(diskId)?.written ?? 0n;
  }

  /** Takes over what somebody asked the system; undefined = the disk is absent. */
  setSpace(diskId: number, space: DiskSpace | undefined, writtenBefore = this.writtenBytes(diskId)): void {
    const disk = this.#find(diskId);
    if (disk === undefined) return;
    if ((disk.space === undefined) !== (space === undefined)) {
      const { name, root } = disk.facts;
      if (space === undefined) this.#log.error({ disk: name, path: root }, 'disk is absent');
      else this.#log.warn({ disk: name, path: root }, 'disk is back');
    }
    disk.setSpace(space, writtenBefore);
  }

  disk(diskId: number): DiskTarget | undefined {
    const disk = this.#find(diskId);
    return disk?.space === undefined ? undefined : disk.target;
  }

  placeSmall(tier: Tier, storedBytes: number): SmallPlace {
    const log = this.#logDisk;
    // The ordinary case, without a list: the log stands in the tier that was asked for.
    if (log.tier === tier && log.space !== undefined && roomBytes(log) >= storedBytes) return { kind: 'log' };
    const disks = this.#ordered(tier, storedBytes);
    const best = disks[0];
    if (best === undefined) throw noRoom();
    const logFits = best.tier === log.tier && disks.includes(log);
    return logFits ? { kind: 'log' } : { kind: 'segment', targets: disks.map((disk) => disk.target) };
  }

  reserve(tier: Tier, sizeBytes: number | undefined): Reservation {
    const reservation = new DiskReservation((bytes) => this.#ordered(tier, bytes));
    if (sizeBytes === undefined) {
      if (this.#ordered(tier, 1).length === 0) throw noRoom();
      return reservation;
    }
    reservation.plan(this.#ordered(tier, 0), sizeBytes * STORED_OVERHEAD);
    return reservation;
  }

  report(fault: DiskFault): void {
    const disk = this.#find(fault.diskId);
    const { code, message } = fault;
    if (disk === undefined || isNoSpace(code)) {
      this.#log.warn({ disk: disk?.facts.name, code, message }, 'disk is full');
      return;
    }
    disk.countFault();
    if (code === 'DAMAGED') {
      this.#log.error({ disk: disk.facts.name, message }, 'stored bytes are damaged');
      return;
    }
    this.#log.error({ disk: disk.facts.name, code, message }, 'disk refused a call');
    if (disk.markSuspect()) this.#log.error({ disk: disk.facts.name }, 'disk is suspect until the next start');
  }

  #ordered(tier: Tier, bytes: number): Disk[] {
    return orderDisks(
      this.#disks.filter((disk) => disk.space !== undefined),
      tier,
      bytes,
    );
  }

  #find(diskId: number): Disk | undefined {
    return this.#disks.find((disk) => disk.facts.id === diskId);
  }
}

interface Promised {
  readonly disk: Disk;
  /** Not yet given to a chunk. */
  leftBytes: number;
}

interface Share {
  readonly disk: Disk;
  readonly bytes: number;
}

/** Room on one disk or several: an object may be larger than any of them. */
class DiskReservation implements Reservation {
  readonly #candidates: (bytes: number) => Disk[];
  readonly #promised: Promised[] = [];
  /** What chunks took out of the promise and is not written yet, oldest chunk first. */
  readonly #chunks: Share[][] = [];

  constructor(candidates: (bytes: number) => Disk[]) {
    this.#candidates = candidates;
  }

  /** Promises `bytes` over the disks, the best first. Throws InsufficientStorage, having promised nothing. */
  plan(best: readonly Disk[], bytes: number): void {
    const whole = best.find((disk) => roomBytes(disk) >= bytes);
    const order = whole === undefined ? best : [whole];
    let leftBytes = bytes;
    for (const disk of order) {
      const take = Math.min(leftBytes, roomBytes(disk));
      if (take <= 0) continue;
      this.#promised.push({ disk, leftBytes: take });
      leftBytes -= take;
    }
    if (leftBytes > 0) {
      this.#promised.length = 0;
      throw noRoom();
    }
    for (const { disk, leftBytes: promised } of this.#promised) disk.reserve(promised);
  }

  nextChunk(storedBytes: number): readonly DiskTarget[] {
    const most = [...this.#promised].sort((a, b) => b.leftBytes - a.leftBytes)[0];
    const promised = this.#promised.find((entry) => entry.leftBytes >= storedBytes) ?? most;
    const others = this.#candidates(storedBytes);
    const first = promised !== undefined && promised.leftBytes > 0 ? promised.disk : others[0];
    if (first === undefined) throw noRoom();
    this.#chunks.push(this.#takeShares(first, storedBytes));
    return [first, ...others.filter((disk) => disk !== first)].map((disk) => disk.target);
  }

  written(): void {
    for (const { disk, bytes } of this.#chunks.shift() ?? []) disk.wrote(bytes);
  }

  release(): void {
    for (const { disk, leftBytes } of this.#promised.splice(0)) disk.reserve(-leftBytes);
    for (const { disk, bytes } of this.#chunks.splice(0).flat()) disk.reserve(-bytes);
  }

  /** Counts a chunk against the promise, its own disk's first; what was never promised is reserved now. */
  #takeShares(first: Disk, storedBytes: number): Share[] {
    const shares: Share[] = [];
    let wanted = storedBytes;
    const own = this.#promised.filter((entry) => entry.disk === first);
    const foreign = this.#promised.filter((entry) => entry.disk !== first);
    for (const entry of [...own, ...foreign]) {
      const bytes = Math.min(entry.leftBytes, wanted);
      if (bytes <= 0) continue;
      entry.leftBytes -= bytes;
      wanted -= bytes;
      shares.push({ disk: entry.disk, bytes });
    }
    if (wanted <= 0 || this.#promised.length > 0) return shares;
    first.reserve(wanted);
    return [...shares, { disk: first, bytes: wanted }];
  }
}

function noRoom(): Failure {
  return new Failure('InsufficientStorage', 'No disk has room for this object.');
}
