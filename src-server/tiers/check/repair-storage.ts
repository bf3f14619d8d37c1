import { basename, dirname, join } from 'node:path';
import type { EpochMs } from '../../domain/ids.ts';
import type { CommitEngine } from '../../engine/commit-engine.ts';
import { syncFolder } from '../../platform/fs-durable.ts';
import type { CheckReport, UnknownFile } from './check-report.ts';
import type { CheckDeps } from './check-storage.ts';
import { isKnown } from './find-unknown-files.ts';

/** Younger files may belong to a body that is on its way. */
const QUARANTINE_AGE_MS = 24 * 3_600_000;
const COUNTERS_AT_ONCE = 20;
const NONE = { containers: [], extents: [], buckets: [], tenants: [] };

export interface RepairDeps extends CheckDeps {
  readonly engine: CommitEngine;
  now(): EpochMs;
}

export interface RepairResult {
  /** Where they stand now, below their disk's root. */
  readonly quarantined: readonly string[];
  readonly correctedCounters: number;
}

/**
 * Mends what can be mended without guessing: unknown files older than a day go to the disk's quarantine folder, counters are
 * counted again. Deletes nothing; damaged bytes stay where they are.
 */
export async function repairStorage(deps: RepairDeps, report: CheckReport): Promise<RepairResult> {
  const quarantined: string[] = [];
  for (const file of report.unknownFiles) {
    if (file.modifiedMs > deps.now() - QUARANTINE_AGE_MS || (await isKnownNow(deps, file))) continue;
    quarantined.push(await quarantine(deps, file));
  }
  return { quarantined, correctedCounters: await correctAll(deps, report) };
}

async function isKnownNow(deps: RepairDeps, file: UnknownFile): Promise<boolean> {
  const disk = deps.disks.find(({ name }) => name === file.disk);
  const folder = dirname(file.path);
  if (disk === undefined || folder === 'tmp') return false;
  return isKnown(deps, folder === 'segments' ? 'segment' : 'chunk', folder, basename(file.path), disk.id);
}

async function quarantine({ fs, now }: RepairDeps, { root, path }: UnknownFile): Promise<string> {
  const target = join('quarantine', `${now()}-${path.replaceAll(/[^0-9A-Za-z.]/g, '-')}`);
  await fs.rename(join(root, path), join(root, target));
  await syncFolder(fs, join(root, 'quarantine'));
  await syncFolder(fs, dirname(join(root, path)));
  return target;
}

async function correctAll({ engine, now }: RepairDeps, { drift }: CheckReport): Promise<number> {
  const extents = [...new Set([...drift.extents.map(({ id }) => id), ...drift.garbage])];
  const wrong = [
    ...drift.containers.map(({ id }) => ({ ...NONE, containers: [id] })),
    ...drift.buckets.map(({ id }) => ({ ...NONE, buckets: [id] })),
    // Last: they are sums over what buckets hold.
    ...drift.tenants.map(({ id }) => ({ ...NONE, tenants: [id] })),
  ];
  for (let at = 0; at < extents.length; at += COUNTERS_AT_ONCE) {
    const some = extents.slice(at, at + COUNTERS_AT_ONCE);
    await engine.submit('correct-counters', { ...NONE, extents: some, nowMs: now() });
  }
  for (const counters of wrong) await engine.submit('correct-counters', { ...counters, nowMs: now() });
  return extents.length + wrong.length;
}
