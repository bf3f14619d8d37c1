import { fileTypesOf } from '../../db/tables/share.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { NO_LOCK } from '../../domain/lock.ts';
import { parseObjectHeaders } from '../../domain/object-headers.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { endingOf, numberedName, receivedFileName, senderFolder } from '../../domain/received-name.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { headObject } from '../objects/head-object.ts';
import { putObject } from '../objects/put-object.ts';
import type { OpenShare } from './open-share.ts';
import { publishShare } from './publish-share.ts';
import { type ShareVisitor, shortVisitor } from './share-use.ts';

/** A file that somebody sends to an upload request. */
export interface SentFile {
  readonly sender: string;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly sizeBytes: number | undefined;
  chunks(): AsyncIterable<Uint8Array>;
}

export type ReceiveOutcome =
  | { readonly kind: 'stored'; readonly name: string; readonly sizeBytes: number; readonly sha256: string }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: 'no-room' | 'wrong-type' | 'failed' };

const UNCONDITIONAL = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};
const MAX_SAME_NAMES = 1000;
/** AWS's limit of a PUT. */
const MAX_FILE_BYTES = 5 * 1024 ** 3;
/** Keys that files are on their way to, so that two of one name at once become two. */
const onTheirWay = new Set<string>();

/** Room that was taken of an upload request for one request, of one file or a form of several. */
export class UploadRoom {
  readonly #context: ServiceContext;
  readonly #open: OpenShare;
  readonly #visitor: ShareVisitor;
  #leftBytes: number;

  constructor(context: ServiceContext, open: OpenShare, visitor: ShareVisitor, leftBytes: number) {
    this.#context = context;
    this.#open = open;
    this.#visitor = visitor;
    this.#leftBytes = leftBytes;
  }

  /**
   * Takes room for a body of at most so many bytes, as far as there is any; `close` must follow.
   */
  static async open(
    context: ServiceContext,
    open: OpenShare,
    visitor: ShareVisitor,
    bytes: number,
  ): Promise<UploadRoom> {
    const shareId = open.share.id;
    const granted = await context.engine.submit('reserve-share-upload', {
      shareId,
      bytes,
      files: 0,
      nowMs: context.now(),
    });
    return new UploadRoom(context, open, visitor, granted.bytes);
  }

  /** Stores a file beside those that are there: nothing is overwritten. The whole of it is read, or it is refused. */
  async receive(file: SentFile): Promise<ReceiveOutcome> {
    const name = receivedFileName(file.name);
    const types = fileTypesOf(this.#open.share);
    if (types !== undefined && !types.includes(endingOf(name))) return { kind: 'refused', name, reason: 'wrong-type' };
    if ((file.sizeBytes ?? 0) > this.#leftBytes) return { kind: 'refused', name, reason: 'no-room' };
    if (!(await this.#takeFile())) return { kind: 'refused', name, reason: 'no-room' };
    try {
      const stored = await this.#store(name, file);
      this.#leftBytes -= stored.sizeBytes;
      await this.#settle(0, 0, stored.name);
      publishShare(this.#context, this.#open.share, 'uploaded');
      return stored;
    } catch (error) {
      await this.#settle(0, 1, undefined);
      if (isFailure(error, 'EntityTooLarge')) return { kind: 'refused', name, reason: 'no-room' };
      if (isFailure(error)) return { kind: 'refused', name, reason: 'failed' };
      throw error;
    }
  }

  /** Gives back what was not needed. */
  async close(): Promise<void> {
    if (this.#leftBytes > 0) await this.#settle(this.#leftBytes, 0, undefined);
    this.#leftBytes = 0;
  }

  async #takeFile(): Promise<boolean> {
    const shareId = this.#open.share.id;
    const nowMs = this.#context.now();
    const granted = await this.#context.engine.submit('reserve-share-upload', { shareId, bytes: 0, files: 1, nowMs });
    return granted.files === 1;
  }

  async #settle(unusedBytes: number, unusedFiles: number, subject: string | undefined): Promise<void> {
    const use =
      subject === undefined
        ? undefined
        : { kind: 'uploaded' as const, at_ms: this.#context.now(), ...shortVisitor(this.#visitor), subject };
    const shareId = this.#open.share.id;
    await this.#context.engine.submit('settle-share-upload', { shareId, unusedBytes, unusedFiles, use });
  }

  async #store(name: string, file: SentFile): Promise<Extract<ReceiveOutcome, { kind: 'stored' }>> {
    const { identity, bucket, share } = this.#open;
    const folder = `${share.base}${senderFolder(file.sender)}/`;
    const key = await takeFreeKey(this.#context, bucket, folder, name);
    try {
      await authorize(this.#context, { identity, iamAction: 's3:PutObject', bucket, key });
      const headers = parseObjectHeaders((header) => (header === 'content-type' ? file.contentType : undefined));
      const stored = await putObject(this.#context, {
        identity,
        bucket,
        key,
        attributes: {
          headers,
          userMetadata: undefined,
          tags: undefined,
          storageClass: 'STANDARD',
          encryption: undefined,
          lock: NO_LOCK,
        },
        condition: { kind: 'absent' },
        body: {
          sizeBytes: file.sizeBytes,
          neededDigests: [],
          checksumAlgorithm: 'SHA256',
          chunks: () => bounded(file.chunks(), Math.min(this.#leftBytes, MAX_FILE_BYTES)),
          // Nothing was claimed of the bytes but their number.
          verify: () => undefined,
        },
      });
      const sha256 = Buffer.from(stored.checksum.value, 'base64').toString('hex');
      return { kind: 'stored', name: key.slice(folder.length), sizeBytes: stored.sizeBytes, sha256 };
    } finally {
      onTheirWay.delete(`${bucket}/${key}`);
    }
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw new Failure('EntityTooLarge');
    yield chunk;
  }
}

/** The first of `name`, `name (2)`, … that neither stands nor is on its way, marked as on its way. */
async function takeFreeKey(
  context: ServiceContext,
  bucket: BucketName,
  folder: string,
  name: string,
): Promise<ObjectKey> {
  for (let count = 1; count <= MAX_SAME_NAMES; count++) {
    const key = parseObjectKey(folder + numberedName(name, count));
    const mark = `${bucket}/${key}`;
    if (onTheirWay.has(mark)) continue;
    onTheirWay.add(mark);
    if (!(await stands(context, bucket, key))) return key;
    onTheirWay.delete(mark);
  }
  throw new Failure('OperationAborted', `there are ${MAX_SAME_NAMES} files of this name`);
}

async function stands(context: ServiceContext, bucket: BucketName, key: ObjectKey): Promise<boolean> {
  try {
    const request = { bucket, key, versionId: undefined, conditions: UNCONDITIONAL };
    await headObject(context, { ...request, wanted: { kind: 'all' } });
    return true;
  } catch (error) {
    if (isFailure(error, 'NoSuchKey')) return false;
    throw error;
  }
}
