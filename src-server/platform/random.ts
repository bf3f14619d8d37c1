import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;
const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Random bytes of the cryptographic generator, for names that every request needs (version ids, extent ids): a call to it
 * costs microseconds whatever its size, so it is asked for 4 KiB at a time. Each byte is handed out once. Not for secrets,
 * which have no business in a buffer that lives on.
 *
 * @returns a copy of its own
 */
export function randomName(sizeBytes: number): Uint8Array<ArrayBuffer> {
  if (used + sizeBytes > POOL_BYTES) {
    if (sizeBytes > POOL_BYTES) throw new RangeError(`a name of ${sizeBytes} bytes`);
    randomFillSync(pool);
    used = 0;
  }
  const bytes = new Uint8Array(sizeBytes);
  bytes.set(pool.subarray(used, used + sizeBytes));
  used += sizeBytes;
  return bytes;
}
