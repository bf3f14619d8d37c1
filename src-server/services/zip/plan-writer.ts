import { createHash } from 'node:crypto';
import { endRecords } from '../../domain/zip-format.ts';
import type { ScratchWriter } from '../../platform/scratch-folder.ts';
import { formatRecord, type NewEntry, type PlanFacts, type PlanPoint, placeBehind } from './plan-format.ts';

/** Entries between two points from which reading may begin. */
const POINT_EVERY = 256;

/** What a plan says that does not follow from its entries. */
export type PlanHead = Pick<PlanFacts, 'bucket' | 'bucketId' | 'holder' | 'fileName' | 'expiresAtMs' | 'atMs'>;

/** Writes the plan of an archive to a file, entry by entry, keeping a point of every 256th only. */
export class PlanWriter {
  readonly #file: ScratchWriter;
  readonly #hash = createHash('sha256');
  readonly #points: PlanFacts['points'] = [];
  #place: Omit<PlanPoint, 'recordOffset'> = { index: 0, offset: 0, centralOffset: 0 };
  #contentBytes = 0;

  constructor(file: ScratchWriter) {
    this.#file = file;
  }

  get count(): number {
    return this.#place.index;
  }

  async add(entry: NewEntry): Promise<void> {
    const record = Buffer.from(formatRecord(entry));
    const { index, offset, centralOffset } = this.#place;
    if (index % POINT_EVERY === 0) this.#points.push([index, this.#file.sizeBytes, offset, centralOffset]);
    const { name, sizeBytes, modifiedMs } = entry;
    const planned = { name: Buffer.from(name), isFolder: name.endsWith('/'), sizeBytes, modifiedMs };
    this.#place = placeBehind(planned, this.#place);
    this.#contentBytes += sizeBytes;
    this.#hash.update(record);
    await this.#file.append(record);
  }

  /** Ends the file: the facts as JSON, then their length in four bytes. */
  async finish(head: PlanHead, renamed: number): Promise<PlanFacts> {
    const { index: entries, offset: directoryOffset, centralOffset: directoryBytes } = this.#place;
    const end = endRecords({ count: entries, offset: directoryOffset, lengthBytes: directoryBytes });
    const facts: PlanFacts = {
      format: 1,
      ...head,
      entries,
      renamed,
      contentBytes: this.#contentBytes,
      directoryOffset,
      directoryBytes,
      sizeBytes: directoryOffset + directoryBytes + end.length,
      etag: this.#hash.digest('hex').slice(0, 40),
      recordsEnd: this.#file.sizeBytes,
      points: this.#points,
    };
    const text = Buffer.from(JSON.stringify(facts));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    await this.#file.append(text);
    await this.#file.append(length);
    await this.#file.finish();
    return facts;
  }

  /** Never throws. */
  discard(): Promise<void> {
    return this.#file.discard();
  }
}
