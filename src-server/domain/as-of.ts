/**
 * What stood at a key at a time. Versions of a key are in the order they came, newest first; times are those of this server,
 * whose clock may have gone back, so that the order decides and not the time.
 */

/** The part of a version that its place in time needs. */
export interface MomentRow {
  readonly modified_ms: number;
  /** Since when it stands there, where that is not its time of change. */
  readonly came_ms: number | null;
}

/** Since when a version or delete marker stands at its key, epoch ms. */
export function standsSinceMs({ came_ms, modified_ms }: MomentRow): number {
  return came_ms ?? modified_ms;
}

/** The version or delete marker that was a key's newest one at a time, of those that are still kept. */
export function newestAsOf<Row extends MomentRow>(newestFirst: readonly Row[], atMs: number): Row | undefined {
  return newestFirst.find((row) => standsSinceMs(row) <= atMs);
}

/** What tells whether two versions of a key are the same to whoever reads them. */
export interface ComparedVersion {
  readonly seq: number;
  readonly etag: string;
  readonly size: number;
  readonly content_type: string | null;
  readonly system_metadata: string | null;
  readonly user_metadata: string | null;
  readonly tags: string | null;
}

/** What going back to a time does to one key. `newer`: it has an object that did not exist then. */
export type Rewinding = 'back' | 'same' | 'newer' | 'none';

/** @param then the object of that time, and `now` the one that is current; undefined where there is none or a delete marker */
export function rewindingOf(then: ComparedVersion | undefined, now: ComparedVersion | undefined): Rewinding {
  if (then === undefined) return now === undefined ? 'none' : 'newer';
  return now !== undefined && isAlike(then, now) ? 'same' : 'back';
}

/** A version that was brought back before is a copy with another number. */
function isAlike(a: ComparedVersion, b: ComparedVersion): boolean {
  if (a.seq === b.seq) return true;
  return (
    a.etag === b.etag &&
    a.size === b.size &&
    a.content_type === b.content_type &&
    a.system_metadata === b.system_metadata &&
    a.user_metadata === b.user_metadata &&
    a.tags === b.tags
  );
}

/** When something changed, and how many versions came then. */
export interface ChangeMoment {
  readonly atMs: number;
  readonly changes: number;
}

/** Times as moments, oldest first, at most `max` of them: what is nearest in time is taken together, under its last time. */
export function momentsOf(timesMs: readonly number[], max: number): ChangeMoment[] {
  const counts = new Map<number, number>();
  for (const atMs of timesMs) counts.set(atMs, (counts.get(atMs) ?? 0) + 1);
  const moments = [...counts].map(([atMs, changes]) => ({ atMs, changes })).sort((a, b) => a.atMs - b.atMs);
  if (moments.length <= max) return moments;
  const gaps = moments.slice(1).map((moment, index) => moment.atMs - (moments[index]?.atMs ?? 0));
  // The widest gaps are what parts the moments that stay.
  const order = gaps.map((_, index) => index).sort((a, b) => (gaps[b] ?? 0) - (gaps[a] ?? 0) || a - b);
  const parting = new Set(order.slice(0, max - 1));
  const merged: ChangeMoment[] = [];
  let changes = 0;
  for (const [index, moment] of moments.entries()) {
    changes += moment.changes;
    if (index < moments.length - 1 && !parting.has(index)) continue;
    merged.push({ atMs: moment.atMs, changes });
    changes = 0;
  }
  return merged;
}
