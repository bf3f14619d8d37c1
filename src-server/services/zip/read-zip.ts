import { centralRecord, dataDescriptor, endRecords, localHeader } from '../../domain/zip-format.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import { EntryCrc } from './entry-crc.ts';
import { type EntryReader, openEntry } from './open-entry.ts';
import { type PlannedEntry, placeBehind } from './plan-format.ts';
import { zipFolderOf } from './zip-folder.ts';
import type { ZipPlan } from './zip-plan.ts';

/** The bytes [start, end) of an archive. */
export interface ZipWindow {
  readonly start: number;
  readonly end: number;
}

const GATHER_BYTES = 64 * 1024;

/**
 * The bytes of a planned archive, the same ones at every time. CRCs that are not known yet are made of the bytes that pass
 * by; those of bytes that do not, because the window begins behind them, by reading them too.
 *
 * @throws Failure as `openEntry`: the archive must then not end as if it were whole
 */
export function readZip(
  reader: EntryReader,
  plan: ZipPlan,
  window: ZipWindow,
  signal: AbortSignal,
): AsyncIterable<BodyChunk> {
  return gather(new ZipReading(reader, plan, window, signal).chunks());
}

class ZipReading {
  readonly #reader: EntryReader;
  readonly #plan: ZipPlan;
  readonly #window: ZipWindow;
  readonly #signal: AbortSignal;

  constructor(reader: EntryReader, plan: ZipPlan, window: ZipWindow, signal: AbortSignal) {
    this.#reader = reader;
    this.#plan = plan;
    this.#window = window;
    this.#signal = signal;
  }

  async *chunks(): AsyncGenerator<BodyChunk> {
    const { start, end } = this.#window;
    const { directoryOffset, directoryBytes, entries } = this.#plan.facts;
    if (start < directoryOffset) {
      for await (const entry of this.#plan.entriesFrom(start)) {
        if (entry.offset >= end) return;
        yield* this.#entry(entry);
      }
    }
    if (end > directoryOffset && start < directoryOffset + directoryBytes) {
      for await (const entry of this.#plan.directoryFrom(Math.max(0, start - directoryOffset))) {
        if (directoryOffset + entry.centralOffset >= end) return;
        const record = centralRecord(entry, entry.offset, await this.#crcOf(entry));
        yield* this.#cut(record, directoryOffset + entry.centralOffset);
      }
    }
    const ending = endRecords({ count: entries, offset: directoryOffset, lengthBytes: directoryBytes });
    yield* this.#cut(ending, directoryOffset + directoryBytes);
  }

  async *#entry(entry: PlannedEntry): AsyncGenerator<BodyChunk> {
    const header = localHeader(entry);
    const contentAt = entry.offset + header.length;
    yield* this.#cut(header, entry.offset);
    const from = Math.max(0, this.#window.start - contentAt);
    const to = Math.min(entry.sizeBytes, this.#window.end - contentAt);
    const known = await this.#plan.crcOf(entry.index);
    const crc = known === undefined ? this.#startCrc(entry) : undefined;
    try {
      let at = Math.min(from, entry.sizeBytes);
      for await (const chunk of openEntry(this.#reader, entry, { start: from, end: to }, this.#signal)) {
        for (const piece of chunk.pieces) {
          crc?.pass(piece, at);
          at += piece.length;
        }
        yield chunk;
      }
      if (from < to && at !== to) throw new Error(`an entry of ${entry.sizeBytes} bytes ends at ${at}`);
      const descriptorAt = contentAt + entry.sizeBytes;
      if (this.#window.end <= descriptorAt) return;
      const crc32 = known ?? (await this.#finishCrc(entry, crc));
      const descriptor = dataDescriptor(entry, crc32);
      yield* this.#cut(descriptor, placeBehind(entry, entry).offset - descriptor.length);
    } finally {
      if (crc !== undefined) zipFolderOf(this.#reader.context).progress.set(this.#progressKey(entry), crc.progress);
    }
  }

  async #crcOf(entry: PlannedEntry): Promise<number> {
    return (await this.#plan.crcOf(entry.index)) ?? this.#finishCrc(entry, this.#startCrc(entry));
  }

  #startCrc(entry: PlannedEntry): EntryCrc {
    return new EntryCrc(entry, {
      known: zipFolderOf(this.#reader.context).progress.get(this.#progressKey(entry)),
      read: (start, end) => openEntry(this.#reader, entry, { start, end }, this.#signal),
    });
  }

  async #finishCrc(entry: PlannedEntry, crc: EntryCrc | undefined): Promise<number> {
    const crc32 = await (crc ?? this.#startCrc(entry)).finish();
    await this.#plan.rememberCrc(entry.index, crc32);
    return crc32;
  }

  #progressKey(entry: PlannedEntry): string {
    return `${this.#plan.id}/${entry.index}`;
  }

  /** The part of these bytes that lies in the window. */
  *#cut(bytes: Buffer, offset: number): Generator<BodyChunk> {
    const { start, end } = this.#window;
    const piece = bytes.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
    if (piece.length > 0) yield { pieces: [piece], sizeBytes: piece.length, release: () => undefined };
  }
}

/** Puts small chunks together: a million small files would otherwise be three million writes to the socket. */
async function* gather(chunks: AsyncIterable<BodyChunk>): AsyncGenerator<BodyChunk> {
  let buffer = Buffer.allocUnsafe(GATHER_BYTES);
  let filled = 0;
  const take = (): BodyChunk => {
    const pieces = [buffer.subarray(0, filled)];
    const gathered = { pieces, sizeBytes: filled, release: () => undefined };
    buffer = Buffer.allocUnsafe(GATHER_BYTES);
    filled = 0;
    return gathered;
  };
  for await (const chunk of chunks) {
    if (filled > 0 && filled + chunk.sizeBytes > GATHER_BYTES) yield take();
    if (chunk.sizeBytes > GATHER_BYTES) {
      yield chunk;
      continue;
    }
    for (const piece of chunk.pieces) {
      buffer.set(piece, filled);
      filled += piece.length;
    }
    chunk.release();
  }
  if (filled > 0) yield take();
}
