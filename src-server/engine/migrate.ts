import type { Migration } from '../db/migrations/migration.ts';
import { applyMigration, migrationChecksum, schemaVersion } from '../db/migrations/run-migrations.ts';
import { crashPoint } from '../platform/crash-point.ts';
import type { CheckpointKeeper } from './checkpoint/checkpoint-keeper.ts';
import type { CommitCore } from './core/commit-core.ts';

/**
 * Brings the catalogue to this release's schema: a checkpoint first, then each step as a record of its own (LOG.md 24).
 *
 * @returns how many steps were run
 * @throws whatever a step or its commit threw; the steps before it stand
 */
export async function migrate(
  core: CommitCore,
  keeper: CheckpointKeeper,
  migrations: readonly Migration[],
): Promise<number> {
  const from = schemaVersion(core.parts.db, migrations);
  const steps = migrations.filter((step) => step.to > from);
  if (steps.length === 0) return 0;
  await keeper.make();
  crashPoint('migration-checkpointed');
  for (const step of steps) await core.migrate(() => runStep(core, step));
  return steps.length;
}

function runStep(core: CommitCore, step: Migration): { from: number; to: number; checksum: bigint } {
  const { parts } = core;
  applyMigration(parts.db, step);
  crashPoint('migration-applied');
  return { from: parts.schema.version, to: step.to, checksum: migrationChecksum(step) };
}
