import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { clearMark, writeMark } from '../core/marks.ts';
import { CATALOGUE_FILE, type EngineDisk } from '../engine-options.ts';
import type { RecordPosition } from '../log/format.ts';
import { findSegments, type LogChain, linkSegments } from '../log/log-chain.ts';
import { LogSegment } from '../log/log-writer.ts';
import { decodeMigration, type FoundRecord } from '../log/record-decoder.ts';
import { recordsOf } from '../recovery/assess-log.ts';
import { type RebuildReport, replaceCatalogue } from '../recovery/rebuild.ts';
import { rejectTwins } from '../recovery/recover.ts';
import { migrationsOf, type OfflineInstall, offlineIo } from './offline-context.ts';

/** A migration cannot be undone any more, and why. */
export class MigrationStands extends Error {
  override readonly name = 'MigrationStands';
}

export interface UndoMigrationRequest extends OfflineInstall {
  /** Takes the segment whose header voids the migration's records. */
  readonly logDisk: EngineDisk;
}

/**
 * Undoes the migration steps at the end of the log, while no command follows them (LOG.md 24): voids their records and goes
 * back to the checkpoint that was made before them. For a stopped server that is to go on under the release before.
 *
 * @returns the schema step the catalogue stands at now, and where it came from
 * @throws MigrationStands; NothingToRebuildFrom when the checkpoint is gone
 */
export function undoMigration(request: UndoMigrationRequest): RebuildReport & { readonly schemaVersion: number } {
  const io = offlineIo();
  const found = findSegments(request.disks);
  rejectTwins(found);
  const logId = logIdOf(request.dataDir);
  const chain = linkSegments(found.segments, logId);
  const steps = lastMigrations(chain);
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined)
    throw new MigrationStands('the last migration cannot be undone: something was written since');
  const schemaVersion = decodeMigration(first).from;
  const dataDir = { path: request.dataDir, device: statSync(request.dataDir).dev };
  // From here on a start without us builds the catalogue from the checkpoint, whatever of this was done.
  writeMark(io, dataDir, 'catalogue-doubtful', { reason: 'a migration is being undone' });
  crashPoint('undo-marked');
  const segment = 1 + Math.max(...[...found.segments, ...found.damaged].map((one) => one.segment));
  const previous: RecordPosition = first.previous;
  const range = { segment: first.segment, firstSequence: first.sequence, lastSequence: last.sequence };
  const members = [Buffer.from(request.logDisk.uuid.replaceAll('-', ''), 'hex')];
  const header = { logId, segment, epoch: last.epoch, schemaVersion, previous, members, voids: [range] };
  LogSegment.create(io, [request.logDisk], header).close();
  crashPoint('undo-voided');
  const { dataDir: path, disks } = request;
  const voided = linkSegments(findSegments(disks).segments, logId);
  const migrations = migrationsOf(request);
  const report = replaceCatalogue({ io, dataDir: path, disks, chain: voided, logId, migrations }, Date.now());
  clearMark(io, path, 'catalogue-doubtful');
  return { ...report, schemaVersion };
}

/** The migration records at the log's very end, oldest first; none when something else stands there. */
function lastMigrations(chain: LogChain): FoundRecord[] {
  const steps: FoundRecord[] = [];
  for (const link of chain.links.toReversed()) {
    for (const record of [...recordsOf(link)].reverse()) {
      if (record.kind !== 'migration') return steps;
      steps.unshift(record);
    }
  }
  return steps;
}

function logIdOf(dataDir: string): Buffer {
  const db = openDatabase(join(dataDir, CATALOGUE_FILE), { readonly: true });
  try {
    const state = readLogState(db);
    if (state === undefined) throw new MigrationStands('there is no catalogue');
    return state.logId;
  } finally {
    db.close();
  }
}
