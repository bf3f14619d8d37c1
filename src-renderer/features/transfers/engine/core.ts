import type { TransferBook } from './book.ts';
import { FileError } from './faults.ts';
import type { Pace } from './pace.ts';
import type { EnginePorts } from './ports.ts';
import type { Transfer, TransferError } from './transfer.ts';

/** What the parts of the engine need of it. */
export interface Core {
  readonly ports: EnginePorts;
  readonly book: TransferBook;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Bytes went out for it. */
  sent(transfer: Transfer, bytes: number): void;
  /** They must go again. */
  takeBack(transfer: Transfer, bytes: number): void;
  finish(transfer: Transfer, crc64nvme: string): void;
  skip(transfer: Transfer): void;
  fail(transfer: Transfer, error: TransferError): void;
  /** Puts it in the line where it belongs now. */
  enqueue(transfer: Transfer): void;
  /** Decides what becomes of it, and whether all must wait. */
  handle(transfer: Transfer, error: unknown, signal?: AbortSignal): void;
  /** To be kept in the ledger. */
  changed(transfer: Transfer): void;
}

/** The file, as large as it was when it was added. Throws `FileError`. */
export async function openFile(transfer: Transfer, isFresh: boolean): Promise<File> {
  if (transfer.source === undefined) throw new FileError('FileUnreadable');
  let file: File;
  try {
    file = await transfer.source.open(isFresh);
  } catch (error) {
    throw new FileError('FileUnreadable', error);
  }
  if (file.size !== transfer.sizeBytes) throw new FileError('FileChanged');
  return file;
}
