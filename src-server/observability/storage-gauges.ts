import type { MetricsRegistry } from './metrics.ts';

/** What the gauges of space show; read when somebody asks for /metrics. */
export interface StorageFacts {
  readonly disks: readonly {
    readonly name: string;
    readonly tier: string;
    /** Undefined where the disk is absent. */
    readonly space: { readonly totalBytes: number; readonly freeBytes: number } | undefined;
  }[];
  readonly catalogueBytes: number;
  readonly logBytes: number;
}

/** Disk space, catalogue and log size. `read` answers the newest facts it has; it must not wait for a disk. */
export function registerStorageGauges(registry: MetricsRegistry, read: () => StorageFacts): void {
  const disks = (pick: (disk: StorageFacts['disks'][number]) => number | undefined) => () =>
    read().disks.flatMap((disk) => {
      const value = pick(disk);
      return value === undefined ? [] : [{ labels: [disk.name, disk.tier], value }];
    });
  const labels = ['disk', 'tier'];
  registry.gauge(
    'stowage_disk_size_bytes',
    'Size of a disk',
    disks((disk) => disk.space?.totalBytes),
    labels,
  );
  registry.gauge(
    'stowage_disk_free_bytes',
    'Free bytes of a disk',
    disks((disk) => disk.space?.freeBytes),
    labels,
  );
  registry.gauge(
    'stowage_disk_present',
    '1 while the disk is there',
    disks((disk) => (disk.space ? 1 : 0)),
    labels,
  );
  registry.gauge('stowage_catalogue_bytes', 'Size of the catalogue', () => [
    { labels: [], value: read().catalogueBytes },
  ]);
  registry.gauge('stowage_log_bytes', 'Size of the log', () => [{ labels: [], value: read().logBytes }]);
}
