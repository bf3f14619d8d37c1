import { combineCrcs } from '../../../../src-server/contract/crc64.ts';
import { ApiError } from '../../../lib/api.ts';
import { type Core, openFile } from './core.ts';
import { fromBase64, toBase64 } from './crc64.ts';
import { FileError, faultOf } from './faults.ts';
import { partBytesFor, partCount, partRange } from './part-plan.ts';
import type { UploadName } from './ports.ts';
import type { OpenUpload, SentPart, Transfer } from './transfer.ts';

const FIRST_BLOCK_BYTES = 64 * 1024;

/** One large file under way: opened, its parts sent in any order by several lanes, completed by the last. */
export class LargeSend {
  readonly transfer: Transfer;
  readonly #core: Core;
  readonly #abort = new AbortController();
  #file: File | undefined;
  #pending: number[] = [];
  #busy = 0;
  #stage: 'new' | 'opening' | 'parts' | 'completing' | 'over' = 'new';

  constructor(core: Core, transfer: Transfer) {
    this.#core = core;
    this.transfer = transfer;
    transfer.abort = this.#abort;
    core.book.setState(transfer, 'sending');
  }

  /** Nothing more will come of it: it was completed, stopped, or has failed. */
  get isOver(): boolean {
    return this.#stage === 'over';
  }

  /** The next request of it, or undefined where others must end first. */
  next(): (() => Promise<void>) | undefined {
    if (this.#abort.signal.aborted) this.#stage = 'over';
    switch (this.#stage) {
      case 'new':
        this.#stage = 'opening';
        return () => this.#step(() => this.#open());
      case 'parts': {
        const partNumber = this.#pending.shift();
        if (partNumber !== undefined) return () => this.#step(() => this.#sendPart(partNumber));
        if (this.#busy > 0) return undefined;
        this.#stage = 'completing';
        return () => this.#step(() => this.#complete());
      }
      default:
        return undefined;
    }
  }

  async #step(run: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    try {
      await run();
    } catch (error) {
      this.#stop(error);
    } finally {
      this.#busy -= 1;
    }
  }

  /** The first error ends it; what is stored is not sent again. Where only a connection broke, the others may come through. */
  #stop(error: unknown): void {
    if (this.#stage === 'over') return;
    this.#stage = 'over';
    if (this.#abort.signal.aborted) return;
    const { kind } = faultOf(error);
    if (kind !== 'offline' && kind !== 'busy') this.#abort.abort();
    this.#core.handle(this.transfer, error);
  }

  async #open(): Promise<void> {
    const { transfer } = this;
    this.#file = await openFile(transfer, transfer.tries > 0 || transfer.isRestored);
    const firstBlock = await this.#checksum(this.#file.slice(0, FIRST_BLOCK_BYTES));
    if (transfer.upload !== undefined && transfer.upload.firstBlock !== firstBlock) this.#forgetUpload();
    if (transfer.upload === undefined) transfer.upload = await this.#begin(firstBlock);
    else if (transfer.isRestored) await this.#trustParts(transfer.upload);
    transfer.isRestored = false;
    this.#core.changed(transfer);
    this.#pending = this.#missing(transfer.upload);
    this.#stage = 'parts';
  }

  async #begin(firstBlock: string): Promise<OpenUpload> {
    const { bucket, key, contentType, modifiedAtMs, sizeBytes } = this.transfer;
    const facts = { key, sourceModifiedAtMs: modifiedAtMs, ...(contentType === '' ? {} : { contentType }) };
    const uploadId = await this.#core.ports.api.begin(bucket, facts);
    return { uploadId, partBytes: partBytesFor(sizeBytes, this.#core.pace.limit.bytesPerSecond), firstBlock };
  }

  /** Keeps of the parts that were noted those that the server has just so; of those it has beside, those whose bytes are the file's. */
  async #trustParts(upload: OpenUpload): Promise<void> {
    const { transfer } = this;
    const stored = await this.#core.ports.api.listParts(this.#name(upload));
    const noted = new Map(transfer.parts);
    transfer.parts.clear();
    let sentBytes = 0;
    for (const { partNumber, sizeBytes, etag, crc64nvme } of stored) {
      const [start, end] = partRange(transfer.sizeBytes, upload.partBytes, partNumber);
      if (sizeBytes !== end - start) continue;
      const isNoted = noted.get(partNumber)?.crc64nvme === crc64nvme;
      if (!isNoted && (await this.#checksum(this.#slice(start, end))) !== crc64nvme) continue;
      this.#note(partNumber, { etag, crc64nvme }, !isNoted);
      sentBytes += sizeBytes;
    }
    this.#core.book.addSent(transfer, sentBytes - transfer.sentBytes);
  }

  #missing({ partBytes }: OpenUpload): number[] {
    const count = partCount(this.transfer.sizeBytes, partBytes);
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return numbers.filter((partNumber) => !this.transfer.parts.has(partNumber));
  }

  async #sendPart(partNumber: number): Promise<void> {
    const { transfer } = this;
    const upload = this.#upload();
    const [start, end] = partRange(transfer.sizeBytes, upload.partBytes, partNumber);
    const body = this.#slice(start, end);
    const crc64nvme = await this.#checksum(body);
    this.#abort.signal.throwIfAborted();
    let counted = 0;
    const count = (sentBytes: number) => {
      this.#core.sent(transfer, sentBytes - counted);
      counted = sentBytes;
    };
    try {
      const onProgress = (sentBytes: number) => count(Math.min(sentBytes, end - start));
      const signal = this.#abort.signal;
      const request = { ...this.#name(upload), partNumber, crc64nvme, body, signal, onProgress };
      const { etag } = await this.#core.ports.api.putPart(request);
      count(end - start);
      transfer.tries = 0;
      this.#note(partNumber, { etag, crc64nvme }, true);
    } catch (error) {
      this.#core.takeBack(transfer, counted);
      throw error;
    }
  }

  async #complete(): Promise<void> {
    const { transfer } = this;
    const upload = this.#upload();
    const parts = [...transfer.parts].sort(([a], [b]) => a - b);
    const pieces = parts.map(([partNumber, { crc64nvme }]) => {
      const [start, end] = partRange(transfer.sizeBytes, upload.partBytes, partNumber);
      return { crc: fromBase64(crc64nvme), sizeBytes: end - start };
    });
    const crc64nvme = toBase64(combineCrcs('CRC64NVME', pieces));
    transfer.crc64nvme = crc64nvme;
    const answer = await this.#core.ports.api.complete(this.#name(upload), {
      parts: parts.map(([partNumber, { etag }]) => ({ partNumber, etag })),
      sizeBytes: transfer.sizeBytes,
      crc64nvme,
      rule: transfer.rule ?? 'absent',
    });
    if (answer.crc64nvme !== crc64nvme) throw new ApiError(400, 'BadDigest', '');
    this.#stage = 'over';
    this.#core.finish(transfer, crc64nvme);
  }

  #note(partNumber: number, part: SentPart, isNew: boolean): void {
    this.transfer.parts.set(partNumber, part);
    if (isNew) void this.#core.ports.ledger.savePart(this.transfer.id, partNumber, part);
  }

  #forgetUpload(): void {
    forgetUpload(this.#core, this.transfer);
  }

  async #checksum(blob: Blob): Promise<string> {
    try {
      return await this.#core.ports.checksums.crc64(blob);
    } catch (error) {
      throw new FileError('FileChanged', error);
    }
  }

  #slice(start: number, end: number): Blob {
    if (this.#file === undefined) throw new FileError('FileUnreadable');
    return this.#file.slice(start, end);
  }

  #upload(): OpenUpload {
    const { upload } = this.transfer;
    if (upload === undefined) throw new ApiError(404, 'NoSuchUpload', '');
    return upload;
  }

  #name({ uploadId }: OpenUpload): UploadName {
    return { bucket: this.transfer.bucket, key: this.transfer.key, uploadId };
  }
}

/** Begins anew: ends the upload that the server may still have. */
export function forgetUpload(core: Core, transfer: Transfer): void {
  const { upload, bucket, key } = transfer;
  transfer.upload = undefined;
  transfer.parts.clear();
  core.book.addSent(transfer, -transfer.sentBytes);
  void core.ports.ledger.removeParts(transfer.id);
  if (upload === undefined) return;
  // Where that fails the bucket's rules for unfinished uploads clean up.
  core.ports.api.abort({ bucket, key, uploadId: upload.uploadId }).catch(() => undefined);
}
