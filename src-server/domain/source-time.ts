import type { UserMetadata } from './user-metadata.ts';

/**
 * The time at which a file was changed before it was stored stands in the metadata as `mtime`, in seconds with a fraction,
 * the name and form that rclone writes and reads.
 */
const NAME = 'mtime';
const SECONDS = /^\d{1,13}(\.\d{1,9})?$/;

/** The metadata that says so; undefined where the time is not known. */
export function sourceTimeMetadata(modifiedAtMs: number | undefined): UserMetadata | undefined {
  return modifiedAtMs === undefined ? undefined : { [NAME]: String(modifiedAtMs / 1000) };
}

/** The time in ms since 1970, whoever wrote it; undefined where there is none. */
export function readSourceTime(metadata: UserMetadata | undefined): number | undefined {
  const text = metadata?.[NAME];
  return text !== undefined && SECONDS.test(text) ? Math.round(Number(text) * 1000) : undefined;
}
