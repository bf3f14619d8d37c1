import { randomBytes } from 'node:crypto';
import { crashPoint } from '../../platform/crash-point.ts';
import { syncFolder, writeFully } from '../../platform/fs-durable.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import type { DiskTarget } from '../io-protocol.ts';
import { containerPath } from '../layout.ts';
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from '../segment-format.ts';
import { createOnDisk } from './create-on-disk.ts';

const GROUP_EXTENTS_MAX = 64;

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: (place: AppendedPlace) => void;
  readonly reject: (error: unknown) => void;
}

export interface AppendedPlace {
  readonly name: string;
  readonly offset: number;
}

export interface SegmentAppenderOptions {
  readonly fs: FileSystem;
  readonly target: DiskTarget;
  readonly installTag: Uint8Array;
  /** A segment ends before it grows past this; a longer extent has one for itself. */
  readonly segmentBytes: number;
  onSealed(name: string): void;
}

interface OpenSegment {
  readonly name: string;
  readonly fd: number;
  length: number;
}

/**
 * The one writer of a disk's segments. What arrives while a sync runs is written and synced together next. After any
 * failure the segment is left for good: what stands behind its last synced extent is nobody's.
 */
export class SegmentAppender {
  readonly #fs: FileSystem;
  readonly #options: SegmentAppenderOptions;
  #waiting: Waiting[] = [];
  #running = false;
  #segment: OpenSegment | undefined;

  constructor(options: SegmentAppenderOptions) {
    this.#fs = options.fs;
    this.#options = options;
  }

  /** Adds one whole extent. Resolves once it is durable; `bytes` may be reused when it settled. */
  append(bytes: Buffer): Promise<AppendedPlace> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Leaves the current segment; the next extent begins another. */
  async close(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    if (segment === undefined) return;
    this.#options.onSealed(segment.name);
    await this.#fs.close(segment.fd).catch(() => {});
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, GROUP_EXTENTS_MAX);
      try {
        const places = await this.#appendGroup(group.map((waiting) => waiting.bytes));
        for (const [index, place] of places.entries()) group[index]?.resolve(place);
      } catch (error) {
        await this.close();
        for (const waiting of group) waiting.reject(error);
      }
    }
    this.#running = false;
  }

  async #appendGroup(extents: readonly Buffer[]): Promise<AppendedPlace[]> {
    const places: AppendedPlace[] = [];
    for (const bytes of extents) {
      const segment = await this.#segmentFor(bytes.length);
      await writeFully(this.#fs, segment.fd, bytes, segment.length);
      places.push({ name: segment.name, offset: segment.length });
      segment.length += bytes.length;
    }
    crashPoint('segment-written');
    if (this.#segment !== undefined) await this.#fs.fdatasync(this.#segment.fd);
    crashPoint('segment-synced');
    return places;
  }

  async #segmentFor(length: number): Promise<OpenSegment> {
    const current = this.#segment;
    if (current !== undefined && current.length + length <= this.#options.segmentBytes) return current;
    if (current !== undefined) {
      // Extents of this very group may stand in it.
      await this.#fs.fdatasync(current.fd);
      await this.close();
    }
    const id = randomBytes(16);
    const name = `${id.toString('hex')}.seg`;
    const { target, installTag } = this.#options;
    const fd = await createOnDisk(this.#fs, containerPath(target.root, 'segment', name), target.device);
    const segment: OpenSegment = { name, fd, length: SEGMENT_HEADER_BYTES };
    this.#segment = segment;
    await writeFully(this.#fs, fd, encodeSegmentHeader(id, installTag, Date.now()), 0);
    await syncFolder(this.#fs, containerPath(target.root, 'segment', ''));
    crashPoint('segment-created');
    return segment;
  }
}
