import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../../db/migrations/migration.ts';
import { createCatalogue } from '../../db/migrations/run-migrations.ts';
import { insertLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { checkpointWal } from '../../db/sqlite/wal.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import type { FileIo } from '../log/file-io.ts';
import { emptyLogState, removeDatabase } from './rebuild.ts';

const FIRST_EPOCH = 1;

/**
 * Makes the empty catalogue of a new install, durable before it has its name. The log begins with the first batch; a
 * catalogue that has applied nothing and a log without segments is how an install looks whose creation was cut short.
 */
export function createInstall(io: FileIo, dataDir: string, logId: Uint8Array, migrations: readonly Migration[]): void {
  const path = join(dataDir, CATALOGUE_FILE);
  const fresh = `${path}.new`;
  removeDatabase(fresh);
  const db = openDatabase(fresh);
  try {
    createCatalogue(db, migrations);
    insertLogState(db, emptyLogState(Buffer.from(logId), FIRST_EPOCH));
    checkpointWal(db, 'TRUNCATE');
  } finally {
    db.close();
  }
  syncWhole(io, fresh);
  crashPoint('install-created');
  io.rename(fresh, path);
  io.syncFolder(dataDir);
}

function syncWhole(io: FileIo, path: string): void {
  const fd = openSync(path, 'r+');
  try {
    io.fdatasync(fd);
  } finally {
    closeSync(fd);
  }
}
