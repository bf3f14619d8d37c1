import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { errnoOf } from '../../platform/fs-durable.ts';
import type { EngineDisk } from '../engine-options.ts';
import { closeQuietly, createDurably, ensureFolder, type FileIo } from '../log/file-io.ts';
import { listFolder } from '../log/log-chain.ts';

/** Folder of a disk that holds checkpoints: consistent copies of the catalogue, each with its manifest. */
export const CHECKPOINT_FOLDER = 'checkpoints';
export const CHECKPOINT_FORMAT = 1;

const manifestSchema = z.strictObject({
  format: z.literal(CHECKPOINT_FORMAT),
  logId: z.string().regex(/^[0-9a-f]{32}$/),
  epoch: z.int().nonnegative(),
  appliedSequence: z.int().nonnegative(),
  appliedCrc: z.int().nonnegative(),
  segment: z.int().nonnegative(),
  position: z.int().nonnegative(),
  schemaVersion: z.int().positive(),
  sizeBytes: z.int().positive(),
  /** CRC32C of the whole file. */
  crc32c: z.int().nonnegative(),
  createdMs: z.int().nonnegative(),
});

/** What a checkpoint's manifest says about the file beside it. */
export type CheckpointManifest = z.infer<typeof manifestSchema>;

export interface FoundCheckpoint {
  readonly manifest: CheckpointManifest;
  readonly path: string;
  readonly manifestPath: string;
  readonly diskUuid: string;
}

export function checkpointName(appliedSequence: number): string {
  return `${appliedSequence.toString(16).padStart(16, '0')}.db`;
}

/**
 * Checkpoints on the disks whose manifest is whole and whose file has the stated length, newest first. Their content is
 * verified when they are made and again when they are used.
 */
export function findCheckpoints(disks: readonly { readonly uuid: string; readonly path: string }[]): FoundCheckpoint[] {
  const found: FoundCheckpoint[] = [];
  for (const disk of disks) {
    const folder = join(disk.path, CHECKPOINT_FOLDER);
    for (const name of listFolder(folder)) {
      if (!/^[0-9a-f]{16}\.json$/.test(name)) continue;
      const manifestPath = join(folder, name);
      const path = manifestPath.replace(/json$/, 'db');
      const manifest = readManifest(manifestPath);
      // A number that is not its name's would let the log's segments go too early.
      if (manifest === undefined || checkpointName(manifest.appliedSequence) !== basename(path)) continue;
      if (fileSize(path) === manifest.sizeBytes) {
        found.push({ manifest, path, manifestPath, diskUuid: disk.uuid });
      }
    }
  }
  return found.sort((a, b) => b.manifest.appliedSequence - a.manifest.appliedSequence);
}

/** Makes the manifest durable; from then on the checkpoint counts. */
export function writeManifest(
  io: FileIo,
  disk: Pick<EngineDisk, 'path' | 'device'>,
  manifest: CheckpointManifest,
): void {
  const folder = ensureFolder(io, disk.path, CHECKPOINT_FOLDER);
  const path = join(folder, checkpointName(manifest.appliedSequence).replace(/db$/, 'json'));
  const pieces = [{ bytes: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`), offset: 0 }];
  closeQuietly(io, createDurably(io, { path, pieces, device: disk.device }));
}

/** Removes a checkpoint: manifest first, so that half of one never counts. Throws the system's error. */
export function removeCheckpoint(io: FileIo, checkpoint: FoundCheckpoint): void {
  io.unlink(checkpoint.manifestPath);
  io.unlink(checkpoint.path);
}

/** Makes a checkpoint count no more without removing what it holds. Throws the system's error. */
export function setCheckpointAside(io: FileIo, { manifestPath }: FoundCheckpoint, nowMs: number): void {
  io.rename(manifestPath, `${manifestPath}.aside-${nowMs}`);
  io.syncFolder(dirname(manifestPath));
}

function readManifest(path: string): CheckpointManifest | undefined {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function fileSize(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
