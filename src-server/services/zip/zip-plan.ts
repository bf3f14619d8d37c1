import type { ScratchFile, ScratchFolder } from '../../platform/scratch-folder.ts';
import { CrcTable } from './crc-table.ts';
import { type PlanFacts, type PlannedEntry, placeBehind, planFactsSchema, readRecord } from './plan-format.ts';

const READ_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

export function planFileName(id: string): string {
  return `${id}.plan`;
}

export function crcFileName(id: string): string {
  return `${id}.crc`;
}

/** A planned archive: its facts in memory, its entries in a file, their CRCs in another as they become known. `close` it. */
export class ZipPlan {
  readonly id: string;
  readonly facts: PlanFacts;
  readonly #records: ScratchFile;
  readonly #crcs: CrcTable;

  private constructor(id: string, facts: PlanFacts, records: ScratchFile, crcs: ScratchFile) {
    this.id = id;
    this.facts = facts;
    this.#records = records;
    this.#crcs = new CrcTable(crcs);
  }

  /** Undefined where there is no such plan, or no whole one. */
  static async open(folder: ScratchFolder, id: string): Promise<ZipPlan | undefined> {
    const records = await folder.open(planFileName(id));
    if (records === undefined) return undefined;
    const facts = await readFacts(records).catch(() => undefined);
    const crcs = facts === undefined ? undefined : await folder.open(crcFileName(id), 'r+');
    if (facts === undefined || crcs === undefined) {
      await records.close();
      return undefined;
    }
    return new ZipPlan(id, facts, records, crcs);
  }

  async close(): Promise<void> {
    await Promise.all([this.#records.close(), this.#crcs.close()]);
  }

  /** Entries from the one that holds this byte of the archive on; from the directory on, none. */
  async *entriesFrom(offset: number): AsyncGenerator<PlannedEntry> {
    for await (const entry of this.#read((_, at) => at <= offset)) {
      if (placeBehind(entry, entry).offset > offset) yield entry;
    }
  }

  /** Entries from the one whose record holds this byte of the central directory on. */
  async *directoryFrom(offset: number): AsyncGenerator<PlannedEntry> {
    for await (const entry of this.#read((_, __, central) => central <= offset)) {
      if (placeBehind(entry, entry).centralOffset > offset) yield entry;
    }
  }

  /** Undefined where nobody made it yet. */
  crcOf(index: number): Promise<number | undefined> {
    return this.#crcs.get(index);
  }

  /** Kept for whoever opens the plan after it was closed. */
  rememberCrc(index: number, crc32: number): Promise<void> {
    return this.#crcs.set(index, crc32);
  }

  /** From the last point for which `isBefore` holds on. */
  async *#read(isBefore: (index: number, offset: number, centralOffset: number) => boolean) {
    const { points, recordsEnd } = this.facts;
    let low = 0;
    let high = points.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [index, , offset, central] = points[middle] ?? [0, 0, 0, 0];
      if (isBefore(index, offset, central)) low = middle;
      else high = middle - 1;
    }
    const [index, recordOffset, offset, centralOffset] = points[low] ?? [0, 0, 0, 0];
    let place = { index, offset, centralOffset };
    for await (const line of readLines(this.#records, recordOffset, recordsEnd)) {
      const entry: PlannedEntry = readRecord(line, place);
      yield entry;
      place = placeBehind(entry, place);
    }
  }
}

async function readFacts(file: ScratchFile): Promise<PlanFacts> {
  const { size } = await file.stat();
  const length = Buffer.alloc(4);
  await file.read(length, 0, 4, size - 4);
  const text = Buffer.alloc(Math.min(length.readUInt32LE(), size));
  await file.read(text, 0, text.length, size - 4 - text.length);
  return planFactsSchema.parse(JSON.parse(text.toString()));
}

async function* readLines(file: ScratchFile, from: number, end: number): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for (let at = from; at < end; ) {
    const block = Buffer.alloc(Math.min(READ_BYTES, end - at));
    const { bytesRead } = await file.read(block, 0, block.length, at);
    if (bytesRead === 0) throw new Error('the plan of an archive ends early');
    at += bytesRead;
    rest = Buffer.concat([rest, block.subarray(0, bytesRead)]);
    let start = 0;
    for (let newline = rest.indexOf(NEWLINE); newline >= 0; newline = rest.indexOf(NEWLINE, start)) {
      yield rest.toString('utf8', start, newline);
      start = newline + 1;
    }
    rest = rest.subarray(start);
  }
}
