import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from './fs-durable.ts';

const PRIVATE = 0o600;
const APPEND_BYTES = 64 * 1024;

/** An open file of a scratch folder. */
export type ScratchFile = FileHandle;

export interface ScratchFacts {
  readonly name: string;
  readonly sizeBytes: number;
  /** When it was last written or marked as used. */
  readonly usedAtMs: number;
}

/**
 * A folder of files that may be deleted at any time, the folder itself too: nothing here is the only copy of anything.
 * Nothing is synced: after a loss of power a file may be torn, and who reads it has to notice. Names are one part of a path.
 */
export class ScratchFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** A new file that stands under its name once `finish` resolves. Throws the system's errors. */
  async create(name: string): Promise<ScratchWriter> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    const temporary = join(this.#path, `.${randomBytes(8).toString('hex')}.new`);
    return new ScratchWriter(await open(temporary, 'wx', PRIVATE), temporary, join(this.#path, name));
  }

  /** Undefined where there is no such file. The caller closes it. Throws the system's other errors. */
  async open(name: string, flags: 'r' | 'r+' = 'r'): Promise<ScratchFile | undefined> {
    try {
      return await open(join(this.#path, name), flags);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** All of a small file. Undefined where there is none. */
  async read(name: string): Promise<Buffer | undefined> {
    const file = await this.open(name);
    if (file === undefined) return undefined;
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  /** Complete files; what is being written or was left half-written is listed under a name that begins with a dot. */
  async list(): Promise<ScratchFacts[]> {
    const names = await readdir(this.#path).catch(() => []);
    const found: ScratchFacts[] = [];
    for (const name of names) {
      const facts = await stat(join(this.#path, name)).catch(() => undefined);
      if (facts?.isFile()) found.push({ name, sizeBytes: facts.size, usedAtMs: facts.mtimeMs });
    }
    return found;
  }

  /** Nothing happens where it is gone. */
  async remove(name: string): Promise<void> {
    await rm(join(this.#path, name), { force: true });
  }

  async markUsed(name: string, atMs: number): Promise<void> {
    await utimes(join(this.#path, name), atMs / 1000, atMs / 1000).catch(() => undefined);
  }
}

/** Appends, a few writes at a time. `finish` or `discard` ends it. */
export class ScratchWriter {
  readonly #file: FileHandle;
  readonly #temporary: string;
  readonly #target: string;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #sizeBytes = 0;

  constructor(file: FileHandle, temporary: string, target: string) {
    this.#file = file;
    this.#temporary = temporary;
    this.#target = target;
  }

  /** Bytes appended so far: where the next ones will stand. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async append(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#sizeBytes += bytes.length;
    if (this.#pendingBytes >= APPEND_BYTES) await this.#flush();
  }

  async finish(): Promise<void> {
    await this.#flush();
    await this.#file.close();
    await rename(this.#temporary, this.#target);
  }

  /** Never throws. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#temporary, { force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#file.writeFile(bytes);
  }
}
