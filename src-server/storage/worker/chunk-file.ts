import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { crashPoint } from '../../platform/crash-point.ts';
import { errnoOf, readFully, syncFolder, unlinkIfThere, writeFully } from '../../platform/fs-durable.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import type { ExtentCodec } from '../body-store.ts';
import { frameStride, trailerLength } from '../extent-format.ts';
import { FrameCodec } from '../frame-codec.ts';
import type { DiskFault, DiskTarget } from '../io-protocol.ts';
import { containerPath, temporaryPath } from '../layout.ts';
import { createOnDisk } from './create-on-disk.ts';

/** Written bytes after which the system is asked to write out, so that the last sync is short. */
const EARLY_SYNC_BYTES = 16 * 1_048_576;
const COPY_FRAMES = 16;

export interface ChunkPlan {
  readonly uid: Uint8Array;
  readonly codec: ExtentCodec;
  readonly headerLength: number;
  /** Disks to use, best first; the next one is taken when one fails. */
  readonly targets: readonly DiskTarget[];
}

/** What was written so far cannot be had back, so no other disk can take over. */
class SourceLost extends Error {
  readonly code = 'EIO';
}

/** A file on its way: `path` is where it stands now. */
interface OpenFile {
  readonly target: DiskTarget;
  readonly name: string;
  path: string;
  fd: number | undefined;
  unsyncedBytes: number;
  earlySync: Promise<unknown> | undefined;
}

/**
 * Writes one chunk file by the recipe of DESIGN §4. Calls are taken in order. When a disk refuses one, what was written is
 * read back, checked frame by frame, and carried to the next disk; a failed sync is never asked again.
 */
export class ChunkFile {
  readonly faults: DiskFault[] = [];
  readonly #fs: FileSystem;
  readonly #plan: ChunkPlan;
  readonly #targets: DiskTarget[];
  #tail: Promise<unknown> = Promise.resolve();
  #file: OpenFile | undefined;
  #writtenBytes = 0;
  #lastFrameWritten = false;

  constructor(fs: FileSystem, plan: ChunkPlan) {
    this.#fs = fs;
    this.#plan = plan;
    this.#targets = [...plan.targets];
  }

  /** Appends sealed frames. Resolves when `frames` may be reused. */
  append(frames: Buffer, last: boolean): Promise<void> {
    return this.#inOrder(async () => {
      await this.#onSomeDisk((file) => this.#write(file, frames));
      this.#writtenBytes += frames.length;
      this.#lastFrameWritten ||= last;
    });
  }

  /** Completes the file with its header. Resolves when it is durable under its name. */
  finish(header: Uint8Array): Promise<{ readonly target: DiskTarget; readonly name: string }> {
    return this.#inOrder(async () => {
      await this.#onSomeDisk((file) => this.#publish(file, header));
      const { target, name } = this.#opened();
      return { target, name };
    });
  }

  /** Removes the file unless it is complete: then a command may name it by now. Never throws. */
  abandonUnfinished(): Promise<void> {
    const dropUnfinished = async (): Promise<void> => {
      // A file on its way has its descriptor; a complete one was closed before it got its name.
      if (this.#file?.fd !== undefined) await this.#dropFile();
    };
    return this.#inOrder(dropUnfinished, dropUnfinished);
  }

  /** Removes the file, complete or not. Never throws: what cannot be removed is found at the next start. */
  abandon(): Promise<void> {
    return this.#inOrder(
      () => this.#dropFile(),
      () => this.#dropFile(),
    );
  }

  #inOrder<T>(work: () => Promise<T>, afterFailure?: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work, afterFailure);
    this.#tail = result;
    // Whoever asked sees the rejection; the chain itself must not count as unhandled.
    result.catch(() => {});
    return result;
  }

  async #onSomeDisk(work: (file: OpenFile) => Promise<void>): Promise<void> {
    for (;;) {
      const failed = this.#file;
      try {
        const file = failed ?? (await this.#openNext());
        await work(file);
        return;
      } catch (error) {
        await this.#moveOn(error);
      }
    }
  }

  async #openNext(): Promise<OpenFile> {
    const target = this.#targets[0];
    if (target === undefined) throw new Error('a chunk needs at least one disk');
    const name = randomBytes(16).toString('hex');
    const path = temporaryPath(target.root, name);
    const fd = await createOnDisk(this.#fs, path, target.device);
    this.#file = { target, name, path, fd, unsyncedBytes: 0, earlySync: undefined };
    return this.#file;
  }

  /** Leaves the disk that failed, for the next one, with what stands there. Throws the last cause where none is left. */
  async #moveOn(cause: unknown): Promise<void> {
    const source = this.#file;
    for (let error = cause; ; ) {
      const target = this.#targets.shift();
      const message = error instanceof Error ? error.message : String(error);
      if (target !== undefined) this.faults.push({ diskId: target.diskId, code: errnoOf(error) ?? 'EIO', message });
      if (this.#targets.length === 0) throw error;
      try {
        const next = await this.#openNext();
        if (source === undefined) return;
        await this.#carry(source, next);
        await this.#dropFile(source);
        return;
      } catch (failure) {
        if (this.#file !== source) await this.#dropFile();
        this.#file = source;
        if (failure instanceof SourceLost) throw failure;
        error = failure;
      }
    }
  }

  async #write(file: OpenFile, frames: Buffer): Promise<void> {
    await this.#writeAt(file, frames, this.#plan.headerLength + this.#writtenBytes);
    crashPoint('chunk-written');
  }

  async #writeAt(file: OpenFile, bytes: Buffer, position: number): Promise<void> {
    if (file.fd === undefined) throw new Error('the chunk is complete');
    await writeFully(this.#fs, file.fd, bytes, position);
    file.unsyncedBytes += bytes.length;
    if (file.unsyncedBytes < EARLY_SYNC_BYTES) return;
    await file.earlySync;
    file.unsyncedBytes = 0;
    file.earlySync = this.#fs.fdatasync(file.fd);
    file.earlySync.catch(() => {});
  }

  async #publish(file: OpenFile, header: Uint8Array): Promise<void> {
    const { fd, target, name } = file;
    if (fd === undefined) throw new Error('the chunk is complete');
    await writeFully(this.#fs, fd, header, 0);
    await file.earlySync;
    await this.#fs.fdatasync(fd);
    crashPoint('chunk-synced');
    file.fd = undefined;
    await this.#fs.close(fd);
    const path = containerPath(target.root, 'chunk', name);
    await this.#fs.rename(file.path, path);
    file.path = path;
    crashPoint('chunk-renamed');
    await syncFolder(this.#fs, dirname(path));
    crashPoint('chunk-folder-synced');
  }

  /** Copies the frames written so far. */
  async #carry(from: OpenFile, to: OpenFile): Promise<void> {
    const step = COPY_FRAMES * frameStride(this.#plan.codec);
    for (let at = 0; at < this.#writtenBytes; at += step) {
      const bytes = await this.#readBack(from, at, Math.min(step, this.#writtenBytes - at));
      await this.#writeAt(to, bytes, this.#plan.headerLength + at);
    }
  }

  /** Page cache after a failed sync is not to be trusted; the frames' CRCs are. */
  async #readBack(from: OpenFile, at: number, length: number): Promise<Buffer> {
    const { uid, codec, headerLength } = this.#plan;
    const bytes = Buffer.alloc(length);
    try {
      const fd = await this.#fs.open(from.path, 'r');
      try {
        await readFully(this.#fs, fd, bytes, headerLength + at);
      } finally {
        await this.#fs.close(fd).catch(() => {});
      }
    } catch (error) {
      throw new SourceLost(`cannot read back ${from.path}`, { cause: error });
    }
    const stride = frameStride(codec);
    const frames = new FrameCodec(uid, undefined);
    for (let start = 0; start < length; start += stride) {
      const frame = bytes.subarray(start, Math.min(start + stride, length));
      const last = this.#lastFrameWritten && at + start + frame.length === this.#writtenBytes;
      const payloadLength = frame.length - trailerLength(codec);
      if (frames.check(frame, payloadLength, (at + start) / stride, last, codec)) continue;
      throw new SourceLost(`the bytes of ${from.path} changed`);
    }
    return bytes;
  }

  async #dropFile(file: OpenFile | undefined = this.#file): Promise<void> {
    if (file === undefined) return;
    if (file === this.#file) this.#file = undefined;
    await file.earlySync?.catch(() => {});
    const { fd } = file;
    file.fd = undefined;
    if (fd !== undefined) await this.#fs.close(fd).catch(() => {});
    await unlinkIfThere(this.#fs, file.path).catch(() => {});
  }

  #opened(): OpenFile {
    if (this.#file === undefined) throw new Error('the chunk was dropped');
    return this.#file;
  }
}
