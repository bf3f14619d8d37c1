import { randomFillSync } from 'node:crypto';

const ID_BYTES = 8;
const pool = Buffer.allocUnsafe(ID_BYTES * 512);
let offset = pool.byteLength;

/** A fresh request id in AWS's shape: 16 upper-case hex digits. Never taken from a client. Cheap enough for every request. */
export function newRequestId(): string {
  if (offset === pool.byteLength) {
    randomFillSync(pool);
    offset = 0;
  }
  offset += ID_BYTES;
  return pool.toString('hex', offset - ID_BYTES, offset).toUpperCase();
}
