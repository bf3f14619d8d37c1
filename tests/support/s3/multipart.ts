import { createHash } from 'node:crypto';
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  type CompleteMultipartUploadCommandOutput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

export const MIB = 1024 * 1024;
/** The least a part that is not the last may have. */
export const PART_BYTES = 5 * MIB;

/** Bytes that differ from place to place and from seed to seed, without a generator's cost. */
export function patterned(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  const block = createHash('sha512').update(String(seed)).digest();
  for (let at = 0; at < sizeBytes; at += block.length) {
    block.copy(bytes, at);
    if (at + 4 <= sizeBytes) bytes.writeUInt32LE(at >>> 0, at);
  }
  return bytes;
}

/** One upload as a client sees it. */
export interface Upload {
  readonly client: S3Client;
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

export async function createUpload(
  client: S3Client,
  Bucket: string,
  Key: string,
  more: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<Upload> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  if (UploadId === undefined) throw new Error('no upload id');
  return { client, Bucket, Key, UploadId };
}

export interface SentPart extends CompletedPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

export async function sendPart(
  upload: Upload,
  PartNumber: number,
  Body: Uint8Array,
  algorithm?: ChecksumAlgorithm,
): Promise<SentPart> {
  const { client, Bucket, Key, UploadId } = upload;
  const answer = await client.send(
    new UploadPartCommand({
      Bucket,
      Key,
      UploadId,
      PartNumber,
      Body,
      ...(algorithm !== undefined && { ChecksumAlgorithm: algorithm }),
    }),
  );
  const {
    $metadata: _,
    ETag = '',
    ChecksumCRC32,
    ChecksumCRC32C,
    ChecksumCRC64NVME,
    ChecksumSHA1,
    ChecksumSHA256,
  } = answer;
  const checksums = { ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA1, ChecksumSHA256 };
  const sent = Object.fromEntries(Object.entries(checksums).filter(([, value]) => value !== undefined));
  return { PartNumber, ETag, ...sent };
}

export function complete(
  upload: Upload,
  parts: readonly CompletedPart[],
  more: Partial<CompleteMultipartUploadCommandInput> = {},
): Promise<CompleteMultipartUploadCommandOutput> {
  const { client, Bucket, Key, UploadId } = upload;
  return client.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [...parts] }, ...more }),
  );
}

/** A whole multipart upload of these bodies. */
export async function uploadAll(
  client: S3Client,
  Bucket: string,
  Key: string,
  bodies: readonly Uint8Array[],
  options: { algorithm?: ChecksumAlgorithm; type?: ChecksumType } = {},
): Promise<CompleteMultipartUploadCommandOutput> {
  const { algorithm, type } = options;
  const upload = await createUpload(client, Bucket, Key, {
    ...(algorithm !== undefined && { ChecksumAlgorithm: algorithm }),
    ...(type !== undefined && { ChecksumType: type }),
  });
  const parts: SentPart[] = [];
  for (const [i, body] of bodies.entries()) parts.push(await sendPart(upload, i + 1, body, algorithm));
  return complete(upload, parts);
}

export async function read(client: S3Client, Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** The ETag that AWS gives an object of these parts. */
export function expectedETag(bodies: readonly Uint8Array[]): string {
  const digests = Buffer.concat(bodies.map((body) => createHash('md5').update(body).digest()));
  return `"${md5(digests)}-${bodies.length}"`;
}
