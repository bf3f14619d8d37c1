import { closeSync, openSync, readSync } from 'node:fs';
import { crc32c } from '@node-rs/crc32';

const CHUNK_BYTES = 1024 * 1024;

/** CRC32C of a whole file. Throws the system's error. */
export function fileCrc32c(path: string): number {
  const fd = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let crc = 0;
    for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk)) {
      crc = crc32c(chunk.subarray(0, count), crc);
    }
    return crc;
  } finally {
    closeSync(fd);
  }
}
