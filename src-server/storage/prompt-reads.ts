import type { FileSystem } from '../platform/fs-port.ts';

/** Longer reads are worth a thread of their own. */
const PROMPT_BYTES_MAX = 128 * 1024;
/** What the page cache never takes, and a disk mostly does. */
const SLOW_MS = 1;
const REST_MS = 50;
const REST_MS_MAX = 2_000;

/**
 * The same files, with short reads done on the spot while they come out of the page cache: handing one to another thread
 * costs ten times what it takes (a fifth of a small GET that the cache misses). A slow one is followed by a rest, longer
 * each time in a row, in which reads go the usual way: a disk that has to seek holds the thread for less than a hundredth
 * of the time.
 */
export function withPromptReads(fs: FileSystem, nowMs: () => number = () => performance.now()): FileSystem {
  const { readNow } = fs;
  if (readNow === undefined) return fs;
  let restMs = 0;
  let restsUntilMs = 0;
  const promptly = (fd: number, bytes: Uint8Array, position: number): number => {
    const startedMs = nowMs();
    const count = readNow(fd, bytes, position);
    const endedMs = nowMs();
    restMs = endedMs - startedMs < SLOW_MS ? 0 : Math.min(REST_MS_MAX, Math.max(REST_MS, restMs * 2));
    restsUntilMs = endedMs + restMs;
    return count;
  };
  return {
    ...fs,
    read: async (fd, bytes, position) =>
      bytes.byteLength <= PROMPT_BYTES_MAX && nowMs() >= restsUntilMs
        ? promptly(fd, bytes, position)
        : fs.read(fd, bytes, position),
  };
}
