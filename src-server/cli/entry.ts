import { createApp } from '../app.ts';
import { auditVerify } from './commands/audit-verify.ts';
import { check } from './commands/check.ts';
import { rebuildCatalogue } from './commands/rebuild-catalogue.ts';
import { resetRootKey } from './commands/reset-root-key.ts';
import { undoMigration } from './commands/undo-migration.ts';
import { runCommandLine } from './run.ts';

/** Runs the command line of this process with the real programs; answers the exit code. */
export function runEntry(): Promise<number> {
  return runCommandLine(process, { createApp, check, rebuildCatalogue, undoMigration, resetRootKey, auditVerify });
}
