const MIB = 1024 * 1024;
const MAX_PARTS = 10_000;
/** A file has at most so many parts of a size before the next size is taken; the last size grows as far as it must. */
const COMFORTABLE_PARTS = 1000;
/** S3 takes no smaller part but the last. Under a limit each part goes out in one go: the smaller, the smoother. */
const SMALLEST_MIB = 5;
const SIZES_MIB = [8, 16, 32, 64] as const;

/** How large the parts of a file are: small enough to lose little with one, and at most 10,000 of them, to 5 TiB and beyond. */
export function partBytesFor(sizeBytes: number, limitBytesPerSecond?: number): number {
  const isSlow = limitBytesPerSecond !== undefined && limitBytesPerSecond < SIZES_MIB[0] * MIB;
  if (isSlow && sizeBytes <= SMALLEST_MIB * MIB * COMFORTABLE_PARTS) return SMALLEST_MIB * MIB;
  for (const mib of SIZES_MIB) if (sizeBytes <= mib * MIB * COMFORTABLE_PARTS) return mib * MIB;
  return Math.max(64, Math.ceil(sizeBytes / MAX_PARTS / MIB)) * MIB;
}

export function partCount(sizeBytes: number, partBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / partBytes));
}

/** First byte and the byte after the last one of a part, counted from 1. */
export function partRange(sizeBytes: number, partBytes: number, partNumber: number): readonly [number, number] {
  const start = (partNumber - 1) * partBytes;
  return [start, Math.min(sizeBytes, start + partBytes)];
}
