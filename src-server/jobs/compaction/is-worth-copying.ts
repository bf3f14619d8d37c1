import type { ContainerKind } from '../../db/tables/container.ts';

/** Share of a segment that must come free. */
const GAIN_MIN = 0.4;
/**
 * What a copy costs the log beside its bytes: its part of a journal record and of the batch's alignment. Without it, a log of
 * tiny bodies, which is mostly records from the start, would be copied for ever.
 */
const LOG_BYTES_AN_EXTENT = 512;

/** Would copying what lives in a sealed segment free more than 40 % of it? Sizes in bytes. */
export function isWorthCopying(kind: ContainerKind, length: number, liveBytes: number, liveExtents: number): boolean {
  if (length <= 0) return false;
  const copied = liveBytes + (kind === 'log' ? liveExtents * LOG_BYTES_AN_EXTENT : 0);
  return (length - copied) / length > GAIN_MIN;
}
