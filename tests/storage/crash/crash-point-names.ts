import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../../src-server', import.meta.url));

/** Steps of a request's own commit: attacked with every operation (crash-points.test.ts). */
export const OPERATION_POINTS = [
  'after-write',
  'after-sync',
  'before-commit',
  'after-commit',
  'after-answer',
  'chunk-written',
  'chunk-synced',
  'chunk-renamed',
  'chunk-folder-synced',
  'segment-written',
  'segment-synced',
  'segment-created',
] as const;

/** Steps of background work, attacked under load (crash-upkeep.test.ts). */
export const UPKEEP_POINTS = [
  'behind-synced',
  'checkpoint-start',
  'checkpoint-copied',
  'checkpoint-renamed',
  'checkpoint-published',
  'checkpoint-pruned',
  'compaction-copied',
  'compaction-switched',
  'container-before-unlink',
  'container-after-unlink',
  'release-committed',
  'release-unlinked',
  'segment-switched',
  'wal-checkpoint',
  'wal-checkpoint-done',
  'wal-checkpoint-run',
] as const;

/** Steps of a start and of work on a stopped server (crash-start.test.ts). */
export const START_POINTS = ['install-created', 'replayed', 'rebuilt', 'set-aside', 'replaced'] as const;

/** Steps that need a failing disk or another release: attacked in a child that runs the engine alone (crash-engine.test.ts). */
export const ENGINE_POINTS = [
  'void-written',
  'relocation-written',
  'migration-checkpointed',
  'migration-applied',
  'undo-marked',
  'undo-voided',
] as const;

/** Every name that stands in the source. */
export function crashPointsInSource(): string[] {
  const names = new Set<string>();
  for (const file of globSync('**/*.ts', { cwd: SOURCE })) {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\bcrashPoint\('([^']+)'\)/g)) names.add(name);
  }
  return [...names].sort();
}
