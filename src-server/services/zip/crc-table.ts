import type { ScratchFile } from '../../platform/scratch-folder.ts';

/** Per entry: one byte that says whether the CRC is known, three of nothing, the CRC. */
const ROW_BYTES = 8;
const KNOWN = 1;
const BLOCK_ROWS = 4096;
const UNKNOWN = Buffer.alloc(ROW_BYTES);

/** A row of the table's file. */
export function formatCrc(crc32: number | undefined): Buffer {
  if (crc32 === undefined) return UNKNOWN;
  const row = Buffer.alloc(ROW_BYTES);
  row[0] = KNOWN;
  row.writeUInt32LE(crc32, 4);
  return row;
}

interface Block {
  readonly number: number;
  readonly bytes: Buffer;
  isChanged: boolean;
}

/**
 * The CRCs of an archive's entries as far as they are known, in a file of which one block is in memory. Two who write the same
 * block may lose what the other came to know, never make it wrong: it is then made once more.
 */
export class CrcTable {
  readonly #file: ScratchFile;
  #block: Block | undefined;

  constructor(file: ScratchFile) {
    this.#file = file;
  }

  async get(index: number): Promise<number | undefined> {
    const { bytes } = await this.#load(index);
    const at = (index % BLOCK_ROWS) * ROW_BYTES;
    return bytes[at] === KNOWN ? bytes.readUInt32LE(at + 4) : undefined;
  }

  async set(index: number, crc32: number): Promise<void> {
    const block = await this.#load(index);
    block.bytes.set(formatCrc(crc32), (index % BLOCK_ROWS) * ROW_BYTES);
    block.isChanged = true;
  }

  async close(): Promise<void> {
    try {
      await this.#save();
    } finally {
      await this.#file.close();
    }
  }

  async #load(index: number): Promise<Block> {
    const number = Math.floor(index / BLOCK_ROWS);
    if (this.#block?.number === number) return this.#block;
    await this.#save();
    const bytes = Buffer.alloc(BLOCK_ROWS * ROW_BYTES);
    await this.#file.read(bytes, 0, bytes.length, number * bytes.length);
    this.#block = { number, bytes, isChanged: false };
    return this.#block;
  }

  async #save(): Promise<void> {
    const block = this.#block;
    if (block?.isChanged !== true) return;
    block.isChanged = false;
    await this.#file.write(block.bytes, 0, block.bytes.length, block.number * block.bytes.length);
  }
}
