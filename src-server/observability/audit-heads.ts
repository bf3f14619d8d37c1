import { join } from 'node:path';
import * as z from 'zod';
import { readTextIfThere } from '../platform/disk-folder.ts';
import { writeFully } from '../platform/fs-durable.ts';
import { type FileSystem, nodeFileSystem } from '../platform/fs-port.ts';

/** Where both chains of the trail ended at a time: what was cut off behind it is missed. */
const headSchema = z.strictObject({
  atMs: z.int().nonnegative(),
  changes: z.strictObject({ seq: z.int().nonnegative(), hash: z.string() }),
  denied: z.strictObject({ seq: z.int().nonnegative(), hash: z.string() }),
});
export type AuditHead = z.infer<typeof headSchema>;

/** In the data dir: the files of denied requests and the heads of both chains. */
export const AUDIT_FOLDER = 'audit';

/** In the audit folder, and in the root of every disk. */
export const HEADS_FILE = 'audit-heads.jsonl';
const PRIVATE = 0o600;

/** Adds a head to the file of a folder, durably. */
export async function appendHead(folder: string, head: AuditHead, fs: FileSystem = nodeFileSystem): Promise<void> {
  const fd = await fs.open(join(folder, HEADS_FILE), 'a+', PRIVATE);
  try {
    const { sizeBytes } = await fs.facts(fd);
    await writeFully(fs, fd, Buffer.from(`${JSON.stringify(head)}\n`), sizeBytes);
    await fs.fdatasync(fd);
  } finally {
    await fs.close(fd);
  }
}

/** The heads of a folder's file, and how many lines are none; a last line that was torn is left out. */
export async function readHeads(folder: string): Promise<{ heads: AuditHead[]; unreadable: number }> {
  const text = (await readTextIfThere(join(folder, HEADS_FILE))) ?? '';
  const lines = text.split('\n').slice(0, -1);
  const heads = lines.map(parseHead);
  const good = heads.filter((head) => head !== undefined);
  return { heads: good, unreadable: heads.length - good.length };
}

function parseHead(line: string): AuditHead | undefined {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
