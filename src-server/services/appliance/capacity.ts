import type { Appliance } from './appliance.ts';
import type { StorageTotals } from './storage-totals.ts';

/** What fills a disk, in bytes. The four parts add up to `totalBytes` exactly. */
export interface CapacityParts {
  readonly totalBytes: number;
  /** Stored bytes of objects, versions and open uploads. */
  readonly dataBytes: number;
  /** What is deleted and not collected yet, the log's records, the catalogue and its copies. */
  readonly overheadBytes: number;
  /** Files that are not ours, and what the file system keeps for itself. */
  readonly otherBytes: number;
  readonly freeBytes: number;
}

/** A disk that is there, with what fills it. */
export interface DiskCapacity extends CapacityParts {
  readonly diskId: number;
  readonly files: number;
  /** Names of other disks of ours on the same file system: their bytes are among `otherBytes`. */
  readonly sharesWith: readonly string[];
}

export interface Capacity {
  /** Over all file systems, each counted once. */
  readonly all: CapacityParts;
  readonly disks: readonly DiskCapacity[];
}

interface Ours {
  readonly dataBytes: number;
  readonly overheadBytes: number;
}

/** Puts together what the disks say of their space and what the catalogue says of ours. */
export function capacityOf(
  { disks, engine, dataDevice }: Pick<Appliance, 'disks' | 'engine' | 'dataDevice'>,
  totals: StorageTotals,
): Capacity {
  const present = disks().flatMap((disk) => (disk.space === undefined ? [] : [{ ...disk, space: disk.space }]));
  const catalogueBytes = catalogueFootprint(engine());
  const oursOn = (diskId: number): Ours & { readonly files: number } => {
    const found = totals.disks.find((disk) => disk.diskId === diskId);
    return { dataBytes: found?.dataBytes ?? 0, overheadBytes: found?.deadBytes ?? 0, files: found?.files ?? 0 };
  };
  const devices = [...new Set(present.map(({ device }) => device))];
  const perDevice = devices.map((device) => {
    const there = present.filter((disk) => disk.device === device);
    const ours = there.map(({ id }) => oursOn(id));
    const catalogue = device === dataDevice ? catalogueBytes : 0;
    return partsOf(there[0]?.space ?? { totalBytes: 0, freeBytes: 0 }, {
      dataBytes: sum(ours.map(({ dataBytes }) => dataBytes)),
      overheadBytes: sum(ours.map(({ overheadBytes }) => overheadBytes)) + catalogue,
    });
  });
  return {
    all: {
      totalBytes: sum(perDevice.map((parts) => parts.totalBytes)),
      dataBytes: sum(perDevice.map((parts) => parts.dataBytes)),
      overheadBytes: sum(perDevice.map((parts) => parts.overheadBytes)),
      otherBytes: sum(perDevice.map((parts) => parts.otherBytes)),
      freeBytes: sum(perDevice.map((parts) => parts.freeBytes)),
    },
    disks: present.map(({ id, device, space }) => {
      const { files, ...ours } = oursOn(id);
      const isFirst = present.find((disk) => disk.device === device)?.id === id;
      const catalogue = isFirst && device === dataDevice ? catalogueBytes : 0;
      const sharesWith = present.filter((disk) => disk.device === device && disk.id !== id).map(({ name }) => name);
      const parts = partsOf(space, { ...ours, overheadBytes: ours.overheadBytes + catalogue });
      return { diskId: id, files, sharesWith, ...parts };
    }),
  };
}

function catalogueFootprint({ catalogueBytes, walBytes, newestCheckpoint }: ReturnType<Appliance['engine']>): number {
  return catalogueBytes + walBytes + (newestCheckpoint?.sizeBytes ?? 0);
}

/** What the file system counts as used is the truth; ours is cut down to it where files are not written out yet. */
function partsOf(space: { readonly totalBytes: number; readonly freeBytes: number }, ours: Ours): CapacityParts {
  const usedBytes = Math.max(0, space.totalBytes - space.freeBytes);
  const dataBytes = Math.min(ours.dataBytes, usedBytes);
  const overheadBytes = Math.min(ours.overheadBytes, usedBytes - dataBytes);
  const otherBytes = usedBytes - dataBytes - overheadBytes;
  return { totalBytes: usedBytes + space.freeBytes, dataBytes, overheadBytes, otherBytes, freeBytes: space.freeBytes };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
