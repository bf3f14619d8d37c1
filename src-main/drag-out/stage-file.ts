import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Larger ones would keep the pointer waiting; they have a download. */
const STAGED_BYTES_MAX = 64 * 1024 * 1024;
const FETCH_MS_MAX = 15_000;
const PREFIX = 'stowage-drag-';

export type StagedFile =
  | { readonly kind: 'staged'; readonly path: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'gone' };

/** Copies what a content link of the server stands for into a folder of its own: the system drags files that exist only. */
export async function stageFile(url: URL, fileName: string, temporaryFolder: string): Promise<StagedFile> {
  const response = await fetchQuietly(url);
  if (response === undefined) return { kind: 'gone' };
  const sizeBytes = Number(response.headers.get('content-length') ?? Number.NaN);
  if (!response.ok || response.body === null) return { kind: 'gone' };
  if (!(sizeBytes <= STAGED_BYTES_MAX)) {
    await response.body.cancel();
    return { kind: 'too-large' };
  }
  const folder = await mkdtemp(join(temporaryFolder, PREFIX));
  const path = join(folder, safeName(fileName));
  try {
    await writeFile(path, response.body, { mode: 0o600 });
  } catch {
    await rm(folder, { recursive: true, force: true });
    return { kind: 'gone' };
  }
  return { kind: 'staged', path };
}

/**
 * Removes what was staged by this user of the system: the receiving program has its copy by then. What cannot be removed stays.
 * At once, since it is the last thing before the end: a few entries of one folder.
 */
export function removeStaged(temporaryFolder: string): void {
  try {
    for (const entry of readdirSync(temporaryFolder, { withFileTypes: true })) {
      if (entry.name.startsWith(PREFIX) && entry.isDirectory()) removeOurs(join(temporaryFolder, entry.name));
    }
  } catch {
    // No such folder: nothing was staged.
  }
}

function removeOurs(folder: string): void {
  try {
    const { uid } = lstatSync(folder);
    if (uid === (process.getuid?.() ?? uid)) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Gone meanwhile, or still open in another program.
  }
}

async function fetchQuietly(url: URL): Promise<Response | undefined> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(FETCH_MS_MAX), redirect: 'error' });
  } catch {
    return undefined;
  }
}

/** One name of a file on any of the three systems, whatever the key was. */
export function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/[. ]+$/, '');
  return plain === '' || plain === '.' || plain === '..' ? 'file' : plain;
}
