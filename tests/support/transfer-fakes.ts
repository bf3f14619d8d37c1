import { setImmediate } from 'node:timers/promises';
import { crc64OfBlob, packBatch } from '../../src-renderer/features/transfers/engine/pack-batch.ts';
import type {
  BatchToSend,
  Ledger,
  LedgerRecord,
  PartToSend,
  TransferApi,
  UploadName,
  WholeUpload,
} from '../../src-renderer/features/transfers/engine/ports.ts';
import type { NewTransfer, SentPart, Source } from '../../src-renderer/features/transfers/engine/transfer.ts';
import { TransferEngine } from '../../src-renderer/features/transfers/engine/transfer-engine.ts';
import { ApiError } from '../../src-renderer/lib/api.ts';
import { type BatchResult, batchManifestSchema } from '../../src-server/contract/upload-batches.ts';
import type { UploadPart } from '../../src-server/contract/uploads.ts';
import { combineCrcs } from '../../src-server/domain/crc-combine.ts';

type Operation = 'probe' | 'begin' | 'putPart' | 'listParts' | 'complete' | 'abort' | 'putBatch' | 'ping';

interface StoredObject {
  readonly bytes: Buffer;
  readonly crc64nvme: string;
  readonly modifiedAtMs: number;
}

/** A server in memory with the rules of the console's API that the engine counts on. */
export class FakeServer implements TransferApi {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<
    string,
    { readonly key: string; readonly parts: Map<number, UploadPart & { bytes: Buffer }> }
  >();
  readonly calls: Operation[] = [];
  /** Requests under way now, and the most there ever were. */
  busy = 0;
  busiest = 0;
  /** Throws what a request is to fail with; called before it does anything. */
  onCall: (operation: Operation, about: string) => void | Promise<void> = () => undefined;
  /** After it did everything: the answer is lost. */
  afterCall: (operation: Operation) => void = () => undefined;
  #lastId = 0;

  async #call<T>(operation: Operation, about: string, run: () => Promise<T> | T, signal?: AbortSignal): Promise<T> {
    this.calls.push(operation);
    this.busy += 1;
    this.busiest = Math.max(this.busiest, this.busy);
    try {
      await this.onCall(operation, about);
      signal?.throwIfAborted();
      const value = await run();
      this.afterCall(operation);
      return value;
    } finally {
      this.busy -= 1;
    }
  }

  async put(key: string, text: string, modifiedAtMs = 0): Promise<void> {
    const crc64nvme = await crc64OfBlob(new Blob([text]));
    this.objects.set(key, { bytes: Buffer.from(text), crc64nvme, modifiedAtMs });
  }

  count(operation: Operation): number {
    return this.calls.filter((one) => one === operation).length;
  }

  probe(_bucket: string, keys: readonly string[]) {
    return this.#call('probe', keys.join(), () =>
      keys.flatMap((key) => {
        const found = this.objects.get(key);
        if (found === undefined) return [];
        const { bytes, crc64nvme, modifiedAtMs } = found;
        return [{ key, sizeBytes: bytes.length, modifiedAtMs, sourceModifiedAtMs: modifiedAtMs, etag: '', crc64nvme }];
      }),
    );
  }

  begin(_bucket: string, { key }: { readonly key: string }): Promise<string> {
    return this.#call('begin', key, () => {
      this.#lastId += 1;
      this.uploads.set(`upload-${this.#lastId}`, { key, parts: new Map() });
      return `upload-${this.#lastId}`;
    });
  }

  putPart({ key, uploadId, partNumber, crc64nvme, body, signal, onProgress }: PartToSend): Promise<UploadPart> {
    const store = async () => {
      const bytes = Buffer.from(await body.arrayBuffer());
      if ((await crc64OfBlob(body)) !== crc64nvme) throw new ApiError(400, 'BadDigest', '');
      onProgress(bytes.length);
      const part = { partNumber, sizeBytes: bytes.length, etag: `etag-${crc64nvme}`, crc64nvme };
      this.#upload(uploadId, key).parts.set(partNumber, { ...part, bytes });
      return part;
    };
    return this.#call('putPart', `${key} ${partNumber}`, store, signal);
  }

  listParts({ key, uploadId }: UploadName): Promise<UploadPart[]> {
    return this.#call('listParts', key, () => [...this.#upload(uploadId, key).parts.values()]);
  }

  complete({ key, uploadId }: UploadName, whole: WholeUpload): Promise<{ crc64nvme: string }> {
    return this.#call('complete', key, () => {
      const { parts } = this.#upload(uploadId, key);
      if (whole.rule === 'absent' && this.objects.has(key)) throw new ApiError(412, 'PreconditionFailed', '');
      const listed = whole.parts.map(({ partNumber, etag }) => {
        const part = parts.get(partNumber);
        if (part === undefined || part.etag !== etag) throw new ApiError(400, 'InvalidPart', '');
        return part;
      });
      const pieces = listed.map((part) => ({ crc: Buffer.from(part.crc64nvme, 'base64'), sizeBytes: part.sizeBytes }));
      const crc64nvme = Buffer.from(combineCrcs('CRC64NVME', pieces)).toString('base64');
      if (crc64nvme !== whole.crc64nvme) throw new ApiError(400, 'BadDigest', '');
      this.objects.set(key, { bytes: Buffer.concat(listed.map(({ bytes }) => bytes)), crc64nvme, modifiedAtMs: 0 });
      this.uploads.delete(uploadId);
      return { crc64nvme };
    });
  }

  abort({ uploadId }: UploadName): Promise<void> {
    return this.#call('abort', uploadId, () => void this.uploads.delete(uploadId));
  }

  putBatch({ body, signal, onProgress }: BatchToSend): Promise<BatchResult[]> {
    const store = async () => {
      const whole = Buffer.from(await body.arrayBuffer());
      const listEnd = 4 + whole.readUInt32BE(0);
      const { files } = batchManifestSchema.parse(JSON.parse(whole.subarray(4, listEnd).toString()));
      onProgress(whole.length);
      let at = listEnd;
      return files.map((file): BatchResult => {
        const bytes = Buffer.from(whole.subarray(at, at + file.sizeBytes));
        at += file.sizeBytes;
        const { key, crc64nvme, rule } = file;
        if (rule === 'absent' && this.objects.has(key)) {
          return { kind: 'failed', key, code: 'PreconditionFailed', message: '' };
        }
        this.objects.set(key, { bytes, crc64nvme, modifiedAtMs: file.sourceModifiedAtMs ?? 0 });
        return { kind: 'stored', key, etag: '', crc64nvme };
      });
    };
    return this.#call('putBatch', '', store, signal);
  }

  ping(): Promise<void> {
    return this.#call('ping', '', () => undefined);
  }

  #upload(uploadId: string, key: string) {
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) throw new ApiError(404, 'NoSuchUpload', '');
    return upload;
  }
}

/** A clock that moves when it is told to. */
export class FakeClock {
  nowMs = 1_000_000;
  #timers: { readonly atMs: number; readonly run: () => void }[] = [];

  after(ms: number, run: () => void): () => void {
    const timer = { atMs: this.nowMs + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Lets time pass in steps, and everything happen that is due. */
  async advance(ms: number, stepMs = 250): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await settle();
      this.nowMs += stepMs;
      const due = this.#timers.filter(({ atMs }) => atMs <= this.nowMs);
      this.#timers = this.#timers.filter(({ atMs }) => atMs > this.nowMs);
      for (const { run } of due) run();
    }
    await settle();
  }
}

/** Lets everything happen that waits for no clock. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await setImmediate();
}

export class FakeLedger implements Ledger {
  readonly records = new Map<string, LedgerRecord>();
  readonly parts = new Map<string, Map<number, SentPart>>();
  writes = 0;

  async save(records: readonly LedgerRecord[]): Promise<void> {
    this.writes += 1;
    for (const record of records) this.records.set(record.id, structuredClone(record));
  }

  async savePart(id: string, partNumber: number, part: SentPart): Promise<void> {
    const parts = this.parts.get(id) ?? new Map<number, SentPart>();
    this.parts.set(id, parts.set(partNumber, part));
  }

  async removeParts(id: string): Promise<void> {
    this.parts.delete(id);
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.writes += 1;
    for (const id of ids) {
      this.records.delete(id);
      this.parts.delete(id);
    }
  }
}

export interface FakeSetup {
  readonly engine: TransferEngine;
  readonly server: FakeServer;
  readonly clock: FakeClock;
  readonly ledger: FakeLedger;
}

let lastId = 0;

/** An engine over fakes; with the server and ledger of another one it is that one's next visit. */
export function fakeSetup(before: Partial<Pick<FakeSetup, 'server' | 'clock' | 'ledger'>> = {}): FakeSetup {
  const { server = new FakeServer(), clock = new FakeClock(), ledger = new FakeLedger() } = before;
  const engine = new TransferEngine({
    api: server,
    checksums: { crc64: crc64OfBlob, pack: packBatch },
    ledger,
    now: () => clock.nowMs,
    after: (ms, run) => clock.after(ms, run),
    newId: () => {
      lastId += 1;
      return `t${lastId}`;
    },
    onSent: () => undefined,
    onSignedOut: () => undefined,
    onStored: () => undefined,
  });
  return { engine, server, clock, ledger };
}

/** A file to be added, of this text or these bytes. */
export function aFile(path: string, content: string | Uint8Array<ArrayBuffer>, modifiedAtMs = 5_000_000): NewTransfer {
  const file = new File([content], path, { lastModified: modifiedAtMs });
  return {
    drop: 'drop',
    bucket: 'office',
    key: path,
    path,
    sizeBytes: file.size,
    modifiedAtMs,
    contentType: '',
    source: sourceOf(file),
  };
}

export function sourceOf(file: File): Source {
  return { open: async () => file, place: undefined };
}
