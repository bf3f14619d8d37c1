import type { ProbedObject } from '../../../../src-server/contract/upload-batches.ts';
import type { WriteRule } from '../../../../src-server/contract/uploads.ts';
import { keyFault } from './key-names.ts';
import type { SpeedMeter } from './speed.ts';

/**
 * `waiting` for its turn or for the network; `conflict`: something stands under its key and nobody said what to do;
 * `needs-file`: it came back after a reload and its bytes are not within reach; `skipped`: what stood there stays.
 */
export const TRANSFER_STATES = [
  'waiting',
  'sending',
  'paused',
  'conflict',
  'needs-file',
  'failed',
  'done',
  'skipped',
] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** Where the bytes are found again in a later visit: below a folder (or the file) whose handle the ledger keeps. */
export interface SourcePlace {
  readonly rootId: string;
  /** Names from the root down; empty where the root is the file. */
  readonly path: readonly string[];
}

/** Where the bytes come from. */
export interface Source {
  /** The file; looked up anew on its disk where `isFresh` and that is possible. Throws where it cannot be had. */
  open(isFresh: boolean): Promise<File>;
  readonly place: SourcePlace | undefined;
}

export interface SentPart {
  readonly etag: string;
  /** Base64. */
  readonly crc64nvme: string;
}

/** What went wrong, for `transferErrorText`. */
export interface TransferError {
  readonly code: string;
  readonly message: string;
}

/** An upload in parts that the server knows. */
export interface OpenUpload {
  readonly uploadId: string;
  readonly partBytes: number;
  /** CRC64NVME of the first 64 KiB, so that parts of another file are never mixed in. */
  readonly firstBlock: string;
}

/** One file (or empty folder) on its way. Changed in place: a list of 100,000 is not copied for a byte. */
export interface Transfer {
  readonly id: string;
  /** Files that were dropped or chosen together: a choice for all conflicts is one for these. */
  readonly drop: string;
  readonly bucket: string;
  /** Changes where both are kept. */
  key: string;
  /** Relative to where it was dropped. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly contentType: string;
  state: TransferState;
  /** What the server has or is being sent; drops where a piece must go again. */
  sentBytes: number;
  error: TransferError | undefined;
  source: Source | undefined;
  place: SourcePlace | undefined;
  /** How it may be stored; undefined until the server was asked what stands there. */
  rule: WriteRule | undefined;
  /** What stands there. */
  existing: ProbedObject | undefined;
  upload: OpenUpload | undefined;
  readonly parts: Map<number, SentPart>;
  /** Of all bytes that were sent, base64; of a finished one also what the server computed. */
  crc64nvme: string | undefined;
  finishedAtMs: number | undefined;
  tries: number;
  /** In which line it stands. */
  queue: 'probe' | 'compare' | 'small' | 'large' | undefined;
  /** It comes from an earlier visit: what the server has may be its own. */
  isRestored: boolean;
  /** Ends what is under way for it. */
  abort: AbortController | undefined;
  meter: SpeedMeter | undefined;
}

/** What is needed to add a file. */
export interface NewTransfer {
  readonly drop: string;
  readonly bucket: string;
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly contentType: string;
  readonly source: Source;
  /** It was found a second time: what stands under its key with its time may be its own. */
  readonly isAgain?: boolean;
  /** It was found, but cannot be read: listed as failed. */
  readonly error?: TransferError;
}

/** What is known to be wrong with a file before anything is sent: one bad name must not fail the others of a request. */
export function faultBefore({ key, error }: NewTransfer): TransferError | undefined {
  const code = keyFault(key);
  return error ?? (code === undefined ? undefined : { code, message: '' });
}

export function createTransfer(id: string, given: NewTransfer): Transfer {
  return {
    id,
    drop: given.drop,
    bucket: given.bucket,
    key: given.key,
    path: given.path,
    sizeBytes: given.sizeBytes,
    modifiedAtMs: given.modifiedAtMs,
    contentType: given.contentType,
    state: 'waiting',
    sentBytes: 0,
    error: undefined,
    source: given.source,
    place: given.source.place,
    rule: undefined,
    existing: undefined,
    upload: undefined,
    parts: new Map(),
    crc64nvme: undefined,
    finishedAtMs: undefined,
    tries: 0,
    queue: undefined,
    isRestored: given.isAgain ?? false,
    abort: undefined,
    meter: undefined,
  };
}

/** Up to here files share requests; larger ones go in parts. */
export const SMALL_MAX_BYTES = 8 * 1024 * 1024;

export function isSmall({ sizeBytes }: Transfer): boolean {
  return sizeBytes <= SMALL_MAX_BYTES;
}
