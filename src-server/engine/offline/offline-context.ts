import { fdatasyncSync } from 'node:fs';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import type { Migration } from '../../db/migrations/migration.ts';
import { type FileIo, nodeFileIo } from '../log/file-io.ts';
import type { LogDiskFolder } from '../log/log-chain.ts';

/** What the functions for a stopped server work on. Whoever calls them holds the data folder's lock. */
export interface OfflineInstall {
  readonly dataDir: string;
  /** Every disk that is present. */
  readonly disks: readonly LogDiskFolder[];
  /** Schema steps; this release's own unless a test gives others. */
  readonly migrations?: readonly Migration[];
}

export function offlineIo(): FileIo {
  return nodeFileIo(async (fd) => fdatasyncSync(fd));
}

export function migrationsOf(install: Pick<OfflineInstall, 'migrations'>): readonly Migration[] {
  return install.migrations ?? MIGRATIONS;
}
