import { errnoOf, readFully } from '../../platform/fs-durable.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import { frameCount, frameStride, trailerLength } from '../extent-format.ts';
import type { FdCache } from '../fd-cache.ts';
import { FrameCodec, framePlace } from '../frame-codec.ts';
import type { DiskFault, FrameRange, ReadSource } from '../io-protocol.ts';

/** No copy of these frames is good. `absent`: their files are not there, which a moved container explains too. */
class FramesUnreadable extends Error {
  override readonly name = 'FramesUnreadable';
  readonly code = 'DAMAGED';
}

/**
 * Reads whole frames into `target`, checks each CRC (and tag) and leaves the plain payloads where their frames stand.
 * Tries the sources in order; each one that fails is reported in `faults`. Throws FramesUnreadable when none is good.
 */
export async function readFrames(
  fs: FileSystem,
  fds: FdCache,
  sources: readonly ReadSource[],
  range: FrameRange,
  dataKey: Uint8Array | undefined,
  target: Buffer,
  faults: DiskFault[],
): Promise<void> {
  const bytes = target.subarray(0, range.storedLength);
  for (const { diskId, path } of sources) {
    try {
      await fds.use(path, (fd) => readFully(fs, fd, bytes, range.fileOffset));
    } catch (error) {
      faults.push({ diskId, code: errnoOf(error) ?? 'EIO', message: `${path}: ${String(error)}` });
      continue;
    }
    const damaged = openFrames(range, dataKey, bytes);
    if (damaged === undefined) return;
    faults.push({ diskId, code: 'DAMAGED', message: `${path}: frame ${damaged} of the extent at ${range.fileOffset}` });
  }
  throw new FramesUnreadable('no good copy of the frames');
}

/** Checks and decrypts in place; answers the first damaged frame's number, or undefined. */
function openFrames(range: FrameRange, dataKey: Uint8Array | undefined, bytes: Buffer): number | undefined {
  const { uid, codec, plainLength, firstFrame } = range;
  const frames = new FrameCodec(uid, codec === 'plain' ? undefined : dataKey);
  const stride = frameStride(codec);
  for (let frame = firstFrame; frame < frameCount(plainLength); frame += 1) {
    const start = (frame - firstFrame) * stride;
    if (start >= bytes.length) return undefined;
    const { payloadLength, last } = framePlace(frame, plainLength, codec);
    const end = start + payloadLength + trailerLength(codec);
    if (end > bytes.length || !frames.open(bytes.subarray(start, end), payloadLength, frame, last)) return frame;
  }
  return undefined;
}
