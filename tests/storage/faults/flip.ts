import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** One bit of a file. */
export interface Flip {
  readonly path: string;
  readonly bit: number;
}

/** Turns the bit over in place; a second time undoes it. Answers the byte as it was. */
export function flip({ path, bit }: Flip): number {
  const fd = openSync(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    readSync(fd, byte, 0, 1, bit >>> 3);
    const before = byte.readUInt8(0);
    byte.writeUInt8(before ^ (1 << (bit & 7)), 0);
    writeSync(fd, byte, 0, 1, bit >>> 3);
    return before;
  } finally {
    closeSync(fd);
  }
}
