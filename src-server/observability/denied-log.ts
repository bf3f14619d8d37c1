import { join } from 'node:path';
import { readTextIfThere } from '../platform/disk-folder.ts';
import { syncFolder, writeFully } from '../platform/fs-durable.ts';
import { type FileSystem, nodeFileSystem } from '../platform/fs-port.ts';
import type { TakenDenials } from './denials.ts';
import { CHAIN_START, type ChainEnd, chainLine, type DeniedEntry, readLine } from './denied-chain.ts';

export interface DeniedLogOptions {
  readonly folder: string;
  readonly fs?: FileSystem;
  /** A further file begins behind so many bytes. */
  readonly fileBytes?: number;
  readonly files?: number;
  readonly now?: () => number;
}

const MIB = 1024 * 1024;
const FILE_BYTES = 16 * MIB;
const FILES = 8;
const PRIVATE = 0o600;
const FILE_NAME = /^denied-\d{6}\.jsonl$/;

/** The files of denied requests in a folder, oldest first. */
export async function deniedFiles(folder: string, fs: FileSystem = nodeFileSystem): Promise<string[]> {
  return (await fs.list(folder)).filter((name) => FILE_NAME.test(name)).sort();
}

/**
 * The refused requests of all threads, in files to which lines are only added: chained, synced with every `write`, at most
 * 128 MiB together. A line that a crash tore is blanked; the chain goes on behind the last whole one.
 */
export class DeniedLog {
  readonly #options: Required<DeniedLogOptions>;
  #fd: number | undefined;
  #name = '';
  #length = 0;
  #end: ChainEnd = CHAIN_START;

  private constructor(options: Required<DeniedLogOptions>) {
    this.#options = options;
  }

  static async open(options: DeniedLogOptions): Promise<DeniedLog> {
    const log = new DeniedLog({
      fs: nodeFileSystem,
      fileBytes: FILE_BYTES,
      files: FILES,
      now: Date.now,
      ...options,
    });
    await log.#resume();
    return log;
  }

  /** Number and hash of the last record; all of it is on disk. */
  get end(): ChainEnd {
    return this.#end;
  }

  /** Adds what was counted and syncs it. Callers wait for one write before the next. */
  async write({ denials, dropped }: TakenDenials): Promise<void> {
    const entries: DeniedEntry[] = denials.map((denial) => ({ kind: 'denied', ...denial }));
    if (dropped > 0) entries.push({ kind: 'dropped', atMs: this.#options.now(), count: dropped });
    if (entries.length === 0) return;
    if (this.#fd === undefined || this.#length >= this.#options.fileBytes) entries.unshift(...(await this.#rotate()));
    await this.#append(entries);
  }

  async close(): Promise<void> {
    if (this.#fd !== undefined) await this.#options.fs.close(this.#fd);
    this.#fd = undefined;
  }

  async #append(entries: readonly DeniedEntry[]): Promise<void> {
    const fd = this.#fd;
    if (fd === undefined) return;
    let end = this.#end;
    const lines = entries.map((entry) => {
      const chained = chainLine(end, entry);
      end = chained.end;
      return `${chained.line}\n`;
    });
    const bytes = Buffer.from(lines.join(''));
    await writeFully(this.#options.fs, fd, bytes, this.#length);
    await this.#options.fs.fdatasync(fd);
    // Only now: a write that failed is written over by the next.
    this.#length += bytes.length;
    this.#end = end;
  }

  /** Begins the next file; answers what is to be said of those that went. */
  async #rotate(): Promise<DeniedEntry[]> {
    const { fs, folder, files, now } = this.#options;
    await this.close();
    const standing = await deniedFiles(folder, fs);
    const next = Number(standing.at(-1)?.slice(7, 13) ?? 0) + 1;
    this.#name = `denied-${String(next).padStart(6, '0')}.jsonl`;
    this.#fd = await fs.open(join(folder, this.#name), 'wx', PRIVATE);
    this.#length = 0;
    const removed: DeniedEntry[] = [];
    for (const file of standing.slice(0, Math.max(0, standing.length + 1 - files))) {
      const { end } = await tailOf(join(folder, file));
      await fs.unlink(join(folder, file));
      if (end !== undefined) removed.push({ kind: 'removed', atMs: now(), file, lastSeq: end.seq, lastHash: end.hash });
    }
    await syncFolder(fs, folder);
    return removed;
  }

  async #resume(): Promise<void> {
    const { fs, folder } = this.#options;
    for (const name of (await deniedFiles(folder, fs)).reverse()) {
      const path = join(folder, name);
      const { end, hasLines, wholeBytes, allBytes } = await tailOf(path);
      if (end === undefined) {
        // A file that a crash left empty; one with lines that are no records is evidence, and stays.
        if (!hasLines) await fs.unlink(path);
        continue;
      }
      this.#end = end;
      this.#name = name;
      this.#fd = await fs.open(path, 'r+', PRIVATE);
      this.#length = allBytes;
      if (allBytes === wholeBytes) return;
      // The port has no truncate: what is torn becomes empty lines.
      await writeFully(fs, this.#fd, Buffer.alloc(allBytes - wholeBytes, '\n'), wholeBytes);
      await fs.fdatasync(this.#fd);
      return;
    }
  }
}

interface Tail {
  /** Of the last record that is one. */
  readonly end: ChainEnd | undefined;
  readonly hasLines: boolean;
  /** Up to the last line feed. */
  readonly wholeBytes: number;
  readonly allBytes: number;
}

async function tailOf(path: string): Promise<Tail> {
  const text = (await readTextIfThere(path)) ?? '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').filter((line) => line !== '');
  let end: ChainEnd | undefined;
  for (let at = lines.length - 1; at >= 0 && end === undefined; at -= 1) {
    const read = readLine(lines[at] ?? '');
    if (read !== undefined) end = { seq: read.seq, hash: read.hash };
  }
  return { end, hasLines: lines.length > 0, wholeBytes: Buffer.byteLength(whole), allBytes: Buffer.byteLength(text) };
}
