import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Incompressible bytes that depend on the seed alone (xorshift32, written word by word). */
export function seededBytes(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(sizeBytes / 4) * 4);
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  for (let at = 0; at < bytes.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, at);
  }
  return bytes.subarray(0, sizeBytes);
}

export interface TreeFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Names and sizes that clients and servers stumble over; the last is large enough for multipart. */
export const SAMPLE_TREE: readonly TreeFile[] = [
  { path: 'empty', sizeBytes: 0 },
  { path: 'one byte.txt', sizeBytes: 1 },
  { path: 'plus+and&amp;.bin', sizeBytes: 4095 },
  { path: 'äöü/日本語 € 🚀.dat', sizeBytes: 4097 },
  { path: "deep/er/and deeper/quote'and(paren).bin", sizeBytes: 65_537 },
  { path: 'percent%20and%2F.bin', sizeBytes: 1_048_576 },
  { path: 'deep/block', sizeBytes: 1_048_577 },
  { path: 'large.bin', sizeBytes: 20 * 1_048_576 + 3 },
  ...Array.from({ length: 40 }, (_, index) => ({ path: `many/file-${index}.txt`, sizeBytes: index * 97 })),
];

/** Writes files with seeded contents below `root`. */
export function writeTree(root: string, files: readonly TreeFile[], seed: number): void {
  for (const [index, file] of files.entries()) {
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, seededBytes(file.sizeBytes, seed + index));
  }
}

/** SHA-256 of every file below `root`, by its relative path. */
export async function hashTree(root: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  for (const path of paths) {
    if (!statSync(join(root, path)).isFile()) continue;
    hashes.set(path, await hashFile(join(root, path)));
  }
  return hashes;
}

/** SHA-256 of one file, hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** Fails unless both folders hold the same files with the same bytes. */
export async function assertSameTree(actual: string, expected: string): Promise<void> {
  assert.deepEqual(await hashTree(actual), await hashTree(expected));
}
