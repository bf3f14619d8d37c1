import type { FileSystem } from '../platform/fs-port.ts';
import {
  decodeHeader,
  EXTENT_MAGIC,
  type FoundHeader,
  frameCount,
  frameStride,
  HEADER_BYTES_MAX,
} from './extent-format.ts';
import { findDamagedFrame } from './frame-codec.ts';

const WINDOW_BYTES = 1_048_576;
/** Frames verified with one read. */
const VERIFY_FRAMES = 16;

/** One extent found in a container's file. */
export interface ScannedExtent {
  /** Of its header, in the file. */
  readonly offset: number;
  readonly header: FoundHeader;
  /** The first frame whose bytes are not those that were written, or undefined. */
  readonly damagedFrame: number | undefined;
}

/**
 * Finds every extent in a file of any kind (chunk, segment, segment of the log) by its header alone, in order: for salvage,
 * and for a check without rows. What stands inside an extent is never taken for another one, and headers without this
 * install's tag are not ours. Throws the system's error.
 *
 * @param installTag undefined: of any install
 */
export async function* scanExtents(
  fs: FileSystem,
  path: string,
  installTag: Uint8Array | undefined,
): AsyncGenerator<ScannedExtent, void> {
  const fd = await fs.open(path, 'r');
  try {
    const { sizeBytes } = await fs.facts(fd);
    const window = Buffer.alloc(WINDOW_BYTES + HEADER_BYTES_MAX);
    let at = 0;
    while (at < sizeBytes) {
      const held = window.subarray(0, await fs.read(fd, window, at));
      const found = findHeader(held, installTag);
      if (found === undefined) {
        if (held.length < window.length) return;
        at += WINDOW_BYTES;
        continue;
      }
      const offset = at + found.at;
      const { header } = found;
      yield { offset, header, damagedFrame: await verify(fs, fd, offset + header.headerLength, header) };
      at = offset + header.headerLength + header.storedLength;
    }
  } finally {
    await fs.close(fd);
  }
}

/** The first intact header that begins in the window; its tail may reach into the part behind. */
function findHeader(
  held: Buffer,
  installTag: Uint8Array | undefined,
): { readonly at: number; readonly header: FoundHeader } | undefined {
  for (let at = held.indexOf(EXTENT_MAGIC); at >= 0 && at < WINDOW_BYTES; at = held.indexOf(EXTENT_MAGIC, at + 1)) {
    const header = decodeHeader(held.subarray(at, at + HEADER_BYTES_MAX));
    if (header === undefined) continue;
    if (installTag === undefined || Buffer.compare(header.installTag, installTag) === 0) return { at, header };
  }
  return undefined;
}

async function verify(fs: FileSystem, fd: number, start: number, header: FoundHeader): Promise<number | undefined> {
  const { uid, codec, plainLength, storedLength } = header;
  const stride = frameStride(codec);
  const frames = frameCount(plainLength);
  for (let frame = 0; frame < frames; frame += VERIFY_FRAMES) {
    const from = frame * stride;
    const bytes = Buffer.alloc(Math.min(VERIFY_FRAMES * stride, storedLength - from));
    if ((await fs.read(fd, bytes, start + from)) !== bytes.length) return frame;
    const damaged = findDamagedFrame(uid, codec, plainLength, bytes, frame);
    if (damaged !== undefined) return damaged;
  }
  return undefined;
}
