import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of a few megabytes, mounted in a temporary folder. */
export interface SmallDisk {
  readonly path: string;
  remove(): void;
}

/** Undefined where small disks can be mounted, else why not. */
export function whyNoSmallDisks(): string | undefined {
  try {
    mountSmallDisk(1024 * 1024).remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A tmpfs of `sizeBytes`. Throws where the system does not allow it. */
export function mountSmallDisk(sizeBytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'stowage-small-'));
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'none', path], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(path, { recursive: true, force: true });
    throw new Error(`no tmpfs can be mounted: ${error?.message ?? stderr.trim()}`);
  }
  const remove = (): void => {
    process.off('exit', remove);
    // Lazy: a server that was just killed may still hold a file for a moment.
    spawnSync('umount', ['-l', path]);
    rmSync(path, { recursive: true, force: true });
  };
  // A test that was cut off leaves no mount behind.
  process.once('exit', remove);
  return { path, remove };
}
