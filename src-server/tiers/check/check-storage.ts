import {
  type ContainerPlace,
  type ContainerRow,
  listContainers,
  listPlaces,
} from '../../db/tables/container-upkeep.ts';
import {
  findContainerDrift,
  findExtentDrift,
  findGarbageDrift,
  findTenantDrift,
  findUsageDrift,
} from '../../db/tables/recount.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { DiskId } from '../../domain/ids.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import { checkContainer } from './check-container.ts';
import type { BytesProblem, CheckReport, CounterDrift } from './check-report.ts';
import { findUnknownFiles } from './find-unknown-files.ts';

const CONTAINERS_AT_ONCE = 100;

export interface CheckedDisk {
  readonly id: DiskId;
  readonly name: string;
  /** Undefined while the disk is absent. */
  readonly root: string | undefined;
}

export interface CheckDeps {
  /** Runs on one snapshot; may be another process's catalogue, which goes on changing. */
  readonly catalogue: { read<T>(read: (tx: ReadTx) => Promise<T>): Promise<T> };
  readonly disks: readonly CheckedDisk[];
  readonly fs: FileSystem;
}

export interface CheckOptions {
  /** Read every frame; else only that the files are there and long enough. */
  readonly frames: boolean;
  readonly signal?: AbortSignal;
  onProgress?(done: { readonly containers: number; readonly bytes: number }): void;
}

/** What one container gave. */
export interface ContainerFindings {
  readonly problems: readonly BytesProblem[];
  readonly extents: number;
  readonly bytes: number;
}

/**
 * Compares rows with files, files with rows, frames with their CRCs, and counters with what they count. Changes nothing, and
 * may run beside a server: what looks wrong is looked up again before it is reported. Throws the signal's reason.
 */
export async function checkStorage(deps: CheckDeps, options: CheckOptions): Promise<CheckReport> {
  const problems: BytesProblem[] = [];
  let [containers, extents, bytes, onAbsentDisks] = [0, 0, 0, 0];
  for await (const container of allContainers(deps)) {
    options.signal?.throwIfAborted();
    containers += 1;
    // Its file may go at any time.
    if (container.state === 'doomed') continue;
    for (const place of await deps.catalogue.read((tx) => listPlaces(tx, container.id))) {
      const found = await checkPlace(deps, container, place, options);
      if (found === undefined) onAbsentDisks += 1;
      problems.push(...(found?.problems ?? []));
      extents += found?.extents ?? 0;
      bytes += found?.bytes ?? 0;
    }
    options.onProgress?.({ containers, bytes });
  }
  const unknownFiles = await findUnknownFiles(deps);
  const drift = await deps.catalogue.read((tx) => recount(tx));
  return { containers, extents, bytes, problems, onAbsentDisks, unknownFiles, drift };
}

async function* allContainers({ catalogue }: CheckDeps): AsyncGenerator<ContainerRow> {
  for (let after = 0; ; ) {
    const rows = await catalogue.read((tx) => listContainers(tx, after, CONTAINERS_AT_ONCE));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

async function checkPlace(
  deps: CheckDeps,
  container: ContainerRow,
  place: ContainerPlace,
  options: CheckOptions,
): Promise<ContainerFindings | undefined> {
  const disk = deps.disks.find(({ id }) => id === place.disk_id);
  if (disk?.root === undefined) return undefined;
  return checkContainer(deps, { name: disk.name, root: disk.root }, container, options);
}

/** Every counter against its rows, on one snapshot. */
export async function recount(tx: ReadTx): Promise<CounterDrift> {
  const containers = await findContainerDrift(tx);
  const extents = await findExtentDrift(tx);
  const buckets = await findUsageDrift(tx);
  const tenants = await findTenantDrift(tx);
  const { unlisted, listedWrongly } = await findGarbageDrift(tx);
  return { containers, extents, buckets, tenants, garbage: [...unlisted, ...listedWrongly] };
}
