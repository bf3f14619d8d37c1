import type { BatchResult } from '../../../../src-server/contract/upload-batches.ts';
import { ApiError } from '../../../lib/api.ts';
import { type Core, openFile } from './core.ts';
import { FileError, faultOfCode } from './faults.ts';
import type { FileToPack } from './ports.ts';
import type { Transfer } from './transfer.ts';

/** Sends small files of one bucket in one request. Never rejects: each file is told what became of it. */
export async function sendBatch(core: Core, transfers: readonly Transfer[]): Promise<void> {
  const abort = new AbortController();
  for (const transfer of transfers) {
    transfer.abort = abort;
    core.book.setState(transfer, 'sending');
  }
  const progress = new BatchProgress(core);
  try {
    const packed = await pack(core, transfers);
    if (packed.files.length === 0 || abort.signal.aborted) {
      requeueAll(core, packed.files);
      return;
    }
    progress.files = packed.files;
    const results = await core.ports.api.putBatch({
      bucket: packed.files[0]?.bucket ?? '',
      body: packed.body,
      signal: abort.signal,
      onProgress: (sentBytes) => progress.show(sentBytes - packed.listBytes),
    });
    for (const [index, transfer] of packed.files.entries()) settle(core, transfer, results[index]);
  } catch (error) {
    for (const transfer of transfers) {
      core.takeBack(transfer, transfer.sentBytes);
      // What was paused or cancelled meanwhile has its state already.
      if (transfer.state === 'sending') core.handle(transfer, error, abort.signal);
    }
  }
}

/** Ends a request of which nobody wants a file any more. */
export function abortIfUnwanted(core: Core, abort: AbortController): void {
  for (const transfer of core.book.in('sending')) if (transfer.abort === abort) return;
  abort.abort();
}

async function pack(core: Core, transfers: readonly Transfer[]) {
  const files: Transfer[] = [];
  const toPack: FileToPack[] = [];
  const opened = await Promise.allSettled(transfers.map((transfer) => openFile(transfer, transfer.tries > 0)));
  transfers.forEach((transfer, index) => {
    const one = opened[index];
    if (transfer.state !== 'sending' || one === undefined) return;
    if (one.status === 'rejected') {
      core.handle(transfer, one.reason);
      return;
    }
    const { key, contentType, modifiedAtMs: sourceModifiedAtMs, rule = 'absent' } = transfer;
    files.push(transfer);
    toPack.push({ blob: one.value, key, contentType, sourceModifiedAtMs, rule });
  });
  const { body, checksums } = await core.ports.checksums.pack(toPack);
  const readable = files.filter((transfer, index) => {
    const crc64nvme = checksums[index];
    if (crc64nvme === undefined) {
      core.handle(transfer, new FileError('FileUnreadable'));
      return false;
    }
    transfer.crc64nvme = crc64nvme;
    return true;
  });
  const contentBytes = readable.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { files: readable, body, listBytes: body.size - contentBytes };
}

function settle(core: Core, transfer: Transfer, result: BatchResult | undefined): void {
  if (core.book.get(transfer.id) === undefined) return;
  if (result?.kind === 'stored') {
    core.sent(transfer, transfer.sizeBytes - transfer.sentBytes);
    core.finish(transfer, result.crc64nvme);
    return;
  }
  core.takeBack(transfer, transfer.sentBytes);
  if (transfer.state !== 'sending') return;
  if (result === undefined) core.fail(transfer, { code: 'Unreadable', message: '' });
  else core.handle(transfer, new ApiError(statusFor(result), result.code, result.message));
}

/** A batch tells no status of its files; only what means "later" matters. */
function statusFor({ code, message }: Extract<BatchResult, { kind: 'failed' }>): number {
  return faultOfCode(code, message).kind === 'busy' ? 503 : 400;
}

function requeueAll(core: Core, transfers: readonly Transfer[]): void {
  for (const transfer of transfers) if (transfer.state === 'sending') core.enqueue(transfer);
}

/** Spreads what went out of the body over the files, in their order. */
class BatchProgress {
  files: readonly Transfer[] = [];
  readonly #core: Core;
  #at = 0;
  #shown = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  show(contentBytes: number): void {
    let fresh = contentBytes - this.#shown;
    while (fresh > 0) {
      const transfer = this.files[this.#at];
      if (transfer === undefined) return;
      const rest = transfer.sizeBytes - transfer.sentBytes;
      const step = Math.min(rest, fresh);
      this.#core.sent(transfer, step);
      this.#shown += step;
      fresh -= step;
      if (step === rest) this.#at += 1;
    }
  }
}
