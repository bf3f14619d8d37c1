import type { BatchManifest } from '../../../../src-server/contract/upload-batches.ts';
import { addToCrc64, crc64Text, startCrc64 } from './crc64.ts';
import type { FileToPack, PackedBatch } from './ports.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** CRC64NVME of a blob, base64, read in pieces. Rejects where it cannot be read. */
export async function crc64OfBlob(blob: Blob): Promise<string> {
  const state = startCrc64();
  for (let at = 0; at < blob.size; at += CHUNK_BYTES) {
    addToCrc64(state, new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer()));
  }
  return crc64Text(state);
}

/**
 * The body of a batch: length of the list, list, bytes. The bytes are those that the checksums are of, whatever happens to
 * the files. Files that cannot be read, or are not as large as they were, are left out.
 */
export async function packBatch(files: readonly FileToPack[]): Promise<PackedBatch> {
  const read = await Promise.all(files.map(readFile));
  const list: BatchManifest['files'] = [];
  const checksums = files.map((file, index) => {
    const bytes = read[index];
    if (bytes === undefined) return undefined;
    const state = startCrc64();
    addToCrc64(state, bytes);
    const crc64nvme = crc64Text(state);
    const { key, contentType, sourceModifiedAtMs, rule } = file;
    list.push({
      key,
      sizeBytes: bytes.byteLength,
      crc64nvme,
      sourceModifiedAtMs,
      rule,
      ...(contentType === '' ? {} : { contentType }),
    });
    return crc64nvme;
  });
  const manifest = new TextEncoder().encode(JSON.stringify({ files: list }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, manifest.byteLength);
  return { body: new Blob([length, manifest, ...read.filter((bytes) => bytes !== undefined)]), checksums };
}

async function readFile({ blob }: FileToPack): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return bytes.byteLength === blob.size ? bytes : undefined;
  } catch {
    return undefined;
  }
}
