import type { ExtentSlice } from './body-store.ts';
import { FRAME_BYTES, frameCount, frameStride, storedLengthOf } from './extent-format.ts';
import type { FrameRange } from './io-protocol.ts';

/** Frames that one read takes: as many as a slab holds. */
export const READ_FRAMES_MAX = 16;

/** Whole frames to read, and which of their plain bytes are wanted. */
export interface ReadStep {
  readonly slice: ExtentSlice;
  readonly range: FrameRange;
  readonly frames: number;
  /** Wanted bytes, counted from the first frame's first plain byte. */
  readonly skipBytes: number;
  readonly wantedBytes: number;
}

/** Cuts slices into reads of whole frames, in order. `framesMax` is asked before each. */
export function* planRead(slices: Iterable<ExtentSlice>, framesMax: () => number): Generator<ReadStep> {
  for (const slice of slices) {
    const end = slice.sliceOffset + slice.sliceLength;
    if (slice.sliceOffset < 0 || end > slice.plainLength) throw new RangeError('the slice reaches outside its extent');
    let at = slice.sliceOffset;
    while (at < end) {
      const firstFrame = Math.floor(at / FRAME_BYTES);
      const stop = Math.min(end, (firstFrame + framesMax()) * FRAME_BYTES);
      const frames = Math.ceil(stop / FRAME_BYTES) - firstFrame;
      const skipBytes = at - firstFrame * FRAME_BYTES;
      yield { slice, range: rangeOf(slice, firstFrame, frames), frames, skipBytes, wantedBytes: stop - at };
      at = stop;
    }
  }
}

/** The whole extent as one range, for those of one frame. */
function rangeOf(slice: ExtentSlice, firstFrame: number, frames: number): FrameRange {
  const { uid, codec, plainLength, offset, headerLength } = slice;
  const stride = frameStride(codec);
  const endFrame = firstFrame + frames;
  const storedEnd = endFrame === frameCount(plainLength) ? storedLengthOf(plainLength, codec) : endFrame * stride;
  const start = firstFrame * stride;
  return {
    uid,
    codec,
    plainLength,
    firstFrame,
    fileOffset: offset + headerLength + start,
    storedLength: storedEnd - start,
  };
}

/** The wanted bytes of a step as views into `stored`, trailers left out. */
export function piecesOf(step: Pick<ReadStep, 'range' | 'skipBytes' | 'wantedBytes'>, stored: Buffer): Buffer[] {
  const stride = frameStride(step.range.codec);
  const pieces: Buffer[] = [];
  const end = step.skipBytes + step.wantedBytes;
  for (let at = step.skipBytes; at < end; ) {
    const inFrame = at % FRAME_BYTES;
    const take = Math.min(FRAME_BYTES - inFrame, end - at);
    const start = ((at - inFrame) / FRAME_BYTES) * stride + inFrame;
    pieces.push(stored.subarray(start, start + take));
    at += take;
  }
  return pieces;
}
