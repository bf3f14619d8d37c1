// Is a build older than its sources? Decided by content, so that a checkout or a copy builds no more than it must.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Hash over the content and the names of everything in `inputs` (files and folders, relative to `root`). */
export function contentHash(root, inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input))).sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  const entries = readdirEntries(path);
  if (entries === undefined) return [path];
  return entries.flatMap((entry) => (entry.name.startsWith('.') ? [] : filesUnder(join(path, entry.name))));
}

function readdirEntries(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
