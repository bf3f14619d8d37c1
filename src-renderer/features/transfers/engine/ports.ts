import type { BatchResult, ProbedObject } from '../../../../src-server/contract/upload-batches.ts';
import type { UploadPart, WriteRule } from '../../../../src-server/contract/uploads.ts';
import type { OpenUpload, SentPart, SourcePlace, TransferError } from './transfer.ts';

/** The server, as the engine needs it. Everything rejects with `ApiError`; what is aborted, with anything. */
export interface TransferApi {
  probe(bucket: string, keys: readonly string[], signal: AbortSignal): Promise<readonly ProbedObject[]>;
  begin(bucket: string, facts: UploadFacts): Promise<string>;
  putPart(part: PartToSend): Promise<UploadPart>;
  /** All parts that the server has. */
  listParts(upload: UploadName): Promise<readonly UploadPart[]>;
  complete(upload: UploadName, whole: WholeUpload): Promise<{ readonly crc64nvme: string }>;
  abort(upload: UploadName): Promise<void>;
  putBatch(batch: BatchToSend): Promise<readonly BatchResult[]>;
  /** Resolves where the server answers and knows us. */
  ping(): Promise<void>;
}

interface UploadFacts {
  readonly key: string;
  readonly contentType?: string;
  readonly sourceModifiedAtMs: number;
}

export interface UploadName {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

export interface PartToSend extends UploadName {
  readonly partNumber: number;
  readonly crc64nvme: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

export interface WholeUpload {
  readonly parts: readonly { readonly partNumber: number; readonly etag: string }[];
  readonly sizeBytes: number;
  readonly crc64nvme: string;
  readonly rule: WriteRule;
}

export interface BatchToSend {
  readonly bucket: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** A file of a batch, before its bytes are read. */
export interface FileToPack {
  readonly blob: Blob;
  readonly key: string;
  readonly contentType: string;
  readonly sourceModifiedAtMs: number;
  readonly rule: WriteRule;
}

export interface PackedBatch {
  readonly body: Blob;
  /** By file: its CRC64NVME, or undefined where it could not be read and is left out. */
  readonly checksums: readonly (string | undefined)[];
}

/** Reads and checksums files, off the main thread. */
export interface Checksummer {
  /** Base64. Rejects where the blob cannot be read. */
  crc64(blob: Blob): Promise<string>;
  pack(files: readonly FileToPack[]): Promise<PackedBatch>;
}

/** An unfinished transfer, as it outlives the page. Structured-cloneable. */
export interface LedgerRecord {
  readonly id: string;
  readonly drop: string;
  readonly bucket: string;
  readonly key: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly contentType: string;
  readonly state: 'waiting' | 'paused' | 'failed';
  readonly error: TransferError | undefined;
  readonly place: SourcePlace | undefined;
  readonly rule: WriteRule | undefined;
  readonly upload: OpenUpload | undefined;
}

/** What outlives the page. A ledger that fails costs the resuming, never the transfer: nothing rejects. */
export interface Ledger {
  save(records: readonly LedgerRecord[]): Promise<void>;
  savePart(id: string, partNumber: number, part: SentPart): Promise<void>;
  removeParts(id: string): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

export interface EnginePorts {
  readonly api: TransferApi;
  readonly checksums: Checksummer;
  readonly ledger: Ledger;
  now(): number;
  /** Calls `run` after `ms`; what it returns stops that. */
  after(ms: number, run: () => void): () => void;
  newId(): string;
  /** Bytes went out: the other pages of this browser keep to the same limit. */
  onSent(bytes: number): void;
  /** Nobody is signed in any more: everything waits. */
  onSignedOut(): void;
  /** Something was stored in this bucket. */
  onStored(bucket: string): void;
}
