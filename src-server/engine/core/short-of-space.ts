import { BatchLost, type BatchRunner } from './batch-runner.ts';
import type { SpaceGuard, SpaceUse } from './space-guard.ts';
import type { Submission } from './submission.ts';

/** Commands at once where space is short: each try needs room for all that its batch may write. */
export const TIGHT_BATCH = 8;
/** What SQLite's WAL may grow by for one write of a row: leaves of the table and its indexes, now and then one that splits. */
const WAL_BYTES_AN_ENTRY = 4 * 4120;
/** Log state, the segment's row, pages above the leaves. */
const WAL_BYTES_A_BATCH = 16 * 4120;
const RECORD_BYTES_A_BATCH = 8192;

/**
 * Which of the commands may run: all, or below the low water (LOG.md 25, `isTight`) what does not write. What really gives
 * space back goes on longest, and the ballast is given for it.
 *
 * @throws the system's error
 */
export function admit(
  space: SpaceGuard,
  commands: readonly Submission[],
): { readonly admitted: readonly Submission[]; readonly refused: readonly Submission[]; readonly isTight: boolean } {
  const isTight = space.isLow(commands.reduce((sum, one) => sum + one.frameBytes, 0));
  if (!isTight) return { admitted: commands, refused: [], isTight };
  const others = commands.filter((one) => one.traits.space !== 'write');
  const neededBytes = others.reduce((sum, one) => sum + one.frameBytes, 0);
  const verdicts = new Map<SpaceUse, boolean>([['write', false]]);
  const allows = (use: SpaceUse): boolean => {
    const known = verdicts.get(use);
    if (known !== undefined) return known;
    const isFreeing = use === 'free' || use === 'collect';
    const verdict =
      space.allows(use, neededBytes) || (isFreeing && space.dropBallast() && space.allows(use, neededBytes));
    verdicts.set(use, verdict);
    return verdict;
  };
  const admitted = commands.filter((one) => allows(one.traits.space));
  return { admitted, refused: commands.filter((one) => !allows(one.traits.space)), isTight };
}

/**
 * A record whose COMMIT then finds the disk full would stop the engine (LOG.md 10): asks before it is written whether there
 * is room for both. Throws BatchLost for want of it, or the system's error.
 */
export function requireRoomToCommit(space: SpaceGuard, { out, journal }: Pick<BatchRunner, 'out' | 'journal'>): void {
  const logBytes = out.length + journal.byteLength + RECORD_BYTES_A_BATCH;
  const walBytes = WAL_BYTES_A_BATCH + journal.size * WAL_BYTES_AN_ENTRY;
  if (space.allows('collect', logBytes + walBytes)) return;
  const full = Object.assign(new Error('no room for a record and its COMMIT'), { code: 'ENOSPC' });
  throw new BatchLost(full.message, { cause: full });
}
