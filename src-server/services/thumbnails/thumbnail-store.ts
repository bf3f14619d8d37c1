import { LRUCache } from 'lru-cache';
import type { ScratchFolder } from '../../platform/scratch-folder.ts';

const MAX_DISK_BYTES = 256_000_000;
const MAX_MEMORY_BYTES = 16_000_000;
const MAX_REFUSED = 20_000;

/**
 * Small pictures that were made: on disk, the least recently used removed beyond a limit; those of encrypted objects in
 * memory only, since the folder holds plain bytes. Remembers of what there is none, until the server ends.
 */
export class ThumbnailStore {
  readonly #files: ScratchFolder;
  readonly #memory = new LRUCache<string, Uint8Array>({
    maxSize: MAX_MEMORY_BYTES,
    sizeCalculation: (bytes) => Math.max(1, bytes.byteLength),
  });
  readonly #refused = new LRUCache<string, true>({ max: MAX_REFUSED });
  #kept: Promise<LRUCache<string, number>> | undefined;

  constructor(files: ScratchFolder) {
    this.#files = files;
  }

  /** `none`: there is no picture of it. Undefined: nobody tried yet. Throws the system's errors but absence. */
  async get(name: string): Promise<Uint8Array | 'none' | undefined> {
    if (this.#refused.get(name) !== undefined) return 'none';
    const inMemory = this.#memory.get(name);
    if (inMemory !== undefined) return inMemory;
    const kept = await this.#open();
    if (kept.get(name) === undefined) return undefined;
    const bytes = await this.#files.read(name);
    // Somebody emptied the folder.
    if (bytes === undefined) kept.delete(name);
    return bytes;
  }

  /** Throws the system's errors: the picture was made all the same. */
  async put(name: string, bytes: Uint8Array, mayStandOnDisk: boolean): Promise<void> {
    if (!mayStandOnDisk) {
      this.#memory.set(name, bytes);
      return;
    }
    const kept = await this.#open();
    const file = await this.#files.create(name);
    try {
      await file.append(Buffer.from(bytes));
      await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
    kept.set(name, bytes.byteLength);
  }

  refuse(name: string): void {
    this.#refused.set(name, true);
  }

  /** Sizes of what is on disk, the least recently used first. */
  #open(): Promise<LRUCache<string, number>> {
    this.#kept ??= this.#files.list().then((found) => {
      const kept = new LRUCache<string, number>({
        maxSize: MAX_DISK_BYTES,
        sizeCalculation: (sizeBytes) => Math.max(1, sizeBytes),
        dispose: (_, name, reason) => {
          if (reason === 'evict') void this.#files.remove(name).catch(() => undefined);
        },
      });
      for (const { name, sizeBytes } of found.toSorted((a, b) => a.usedAtMs - b.usedAtMs)) kept.set(name, sizeBytes);
      return kept;
    });
    return this.#kept;
  }
}
