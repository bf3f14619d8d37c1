import type { FileSystem } from '../platform/fs-port.ts';

/** An idle descriptor keeps an unlinked file's space, and its disk from being unmounted. */
const IDLE_MS_MAX = 10_000;
const SWEEP_MS = 5_000;

interface Entry {
  readonly fd: Promise<number>;
  users: number;
  evicted: boolean;
  usedMs: number;
}

/**
 * Open descriptors of containers that are read: the least recently used is closed past a limit, an idle one after some
 * seconds. One per thread.
 */
export class FdCache {
  readonly #fs: FileSystem;
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(fs: FileSystem, limit: number) {
    this.#fs = fs;
    this.#limit = limit;
  }

  /** Runs `work` with a descriptor for reading, open until `work` settled. Throws what opening or `work` throws. */
  async use<T>(path: string, work: (fd: number) => Promise<T>): Promise<T> {
    const entry = this.#enter(path);
    entry.users += 1;
    try {
      return await work(await entry.fd);
    } catch (error) {
      // The file may have been replaced, or its disk swapped: look again next time.
      this.#evict(path, entry);
      throw error;
    } finally {
      entry.users -= 1;
      this.#closeIfDone(entry);
    }
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
    for (const [path, entry] of this.#entries) this.#evict(path, entry);
  }

  #sweep(): void {
    const idleSince = performance.now() - IDLE_MS_MAX;
    for (const [path, entry] of this.#entries) {
      // The map is in order of use.
      if (entry.usedMs > idleSince) break;
      this.#evict(path, entry);
    }
    if (this.#entries.size > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }

  #enter(path: string): Entry {
    const known = this.#entries.get(path);
    if (known !== undefined) {
      known.usedMs = performance.now();
      this.#entries.delete(path);
      this.#entries.set(path, known);
      return known;
    }
    const fd = this.#fs.open(path, 'r');
    fd.catch(() => {});
    const entry: Entry = { fd, users: 0, evicted: false, usedMs: performance.now() };
    this.#entries.set(path, entry);
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_MS).unref();
    for (const [oldest, old] of this.#entries) {
      if (this.#entries.size <= this.#limit) break;
      this.#evict(oldest, old);
    }
    return entry;
  }

  #evict(path: string, entry: Entry): void {
    if (this.#entries.get(path) === entry) this.#entries.delete(path);
    entry.evicted = true;
    this.#closeIfDone(entry);
  }

  #closeIfDone(entry: Entry): void {
    if (!entry.evicted || entry.users > 0) return;
    // Twice cannot be: `users` rises only while the entry is in the map, or before it left it.
    entry.users = Number.POSITIVE_INFINITY;
    entry.fd.then((fd) => this.#fs.close(fd)).catch(() => {});
  }
}
