import {
  BATCH_MAX_BYTES,
  BATCH_MAX_MANIFEST_BYTES,
  type BatchManifest,
  batchManifestSchema,
} from '../contract/upload-batches.ts';
import { Failure } from '../domain/failure.ts';
import type { IncomingBody } from '../services/objects/incoming-body.ts';
import { ConsoleError } from './endpoint.ts';

const LENGTH_BYTES = 4;

export interface BatchFile {
  readonly facts: BatchManifest['files'][number];
  readonly bytes: Uint8Array;
}

/**
 * Reads a batch of small files: four bytes with the length of the list, the list, the bytes of the files. Throws
 * `ConsoleError` 400 where they do not go together, `ZodError` for the list, `Failure` EntityTooLarge.
 */
export async function readBatch(body: IncomingBody): Promise<BatchFile[]> {
  const whole = await readAll(body, LENGTH_BYTES + BATCH_MAX_MANIFEST_BYTES + BATCH_MAX_BYTES);
  if (whole.byteLength < LENGTH_BYTES) throw notABatch('the length of the list is missing');
  const listEnd = LENGTH_BYTES + whole.readUInt32BE(0);
  if (listEnd > whole.byteLength || listEnd > LENGTH_BYTES + BATCH_MAX_MANIFEST_BYTES) {
    throw notABatch('the list ends behind the body');
  }
  const { files } = batchManifestSchema.parse(parseList(whole.subarray(LENGTH_BYTES, listEnd)));
  let at = listEnd;
  const found = files.map((facts): BatchFile => {
    const bytes = whole.subarray(at, at + facts.sizeBytes);
    at += facts.sizeBytes;
    return { facts, bytes };
  });
  if (at !== whole.byteLength) throw notABatch('the sizes in the list do not add up to the bytes behind it');
  return found;
}

/** Bytes at hand as a body of their own. */
export function bodyOfBytes(bytes: Uint8Array): IncomingBody {
  return {
    sizeBytes: bytes.byteLength,
    neededDigests: [],
    checksumAlgorithm: undefined,
    chunks: async function* () {
      if (bytes.byteLength > 0) yield bytes;
    },
    verify: () => undefined,
  };
}

async function readAll(body: IncomingBody, maxBytes: number): Promise<Buffer> {
  if (body.sizeBytes !== undefined && body.sizeBytes > maxBytes) throw new Failure('EntityTooLarge');
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body.chunks()) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw new Failure('EntityTooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseList(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch {
    throw notABatch('the list is not valid JSON');
  }
}

function notABatch(message: string): ConsoleError {
  return new ConsoleError(400, 'InvalidRequest', message);
}
