import { isFailure } from '../../domain/failure.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { getObject, type ReadableObject } from '../objects/get-object.ts';
import { type FoundObject, headObject } from '../objects/head-object.ts';
import { listObjects } from '../objects/list-objects.ts';
import type { WantedBytes } from '../objects/select-bytes.ts';
import type { OpenShare } from './open-share.ts';
import { itemsOfShare, keyOfPath, prefixOfPath } from './share-items.ts';

const UNCONDITIONAL = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/** A row of a folder in a link; its path is relative to the link's base. */
export type SharedEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number };

export interface SharedFolder {
  readonly entries: readonly SharedEntry[];
  /** Path to go on after; undefined on the last page. */
  readonly next: string | undefined;
}

/** Keeps a page of ordinary names below 40 KB. */
const PAGE = 60;

/** The current object of a path of a link, which its maker may read. Throws NoSuchKey, AccessDenied. */
export async function headSharedFile(context: ServiceContext, open: OpenShare, path: string): Promise<FoundObject> {
  const key = await readableKey(context, open, path);
  const { bucket } = open;
  return headObject(context, { bucket, key, versionId: undefined, conditions: UNCONDITIONAL, wanted: { kind: 'all' } });
}

/** As `headSharedFile`, with its bytes. Throws InvalidRange too. */
export async function getSharedFile(
  context: ServiceContext,
  open: OpenShare,
  path: string,
  wanted: WantedBytes,
): Promise<ReadableObject> {
  const key = await readableKey(context, open, path);
  const { bucket } = open;
  return getObject(context, { bucket, key, versionId: undefined, conditions: UNCONDITIONAL, wanted });
}

async function readableKey(context: ServiceContext, open: OpenShare, path: string): Promise<ObjectKey> {
  const key = keyOfPath(open.share, path);
  const { identity, bucket } = open;
  await authorize(context, { identity, iamAction: 's3:GetObject', bucket, key });
  return key;
}

/** A page of a folder of a link, or of what was chosen for it. Throws NoSuchKey for what is no folder of it. */
export async function listSharedFolder(
  context: ServiceContext,
  open: OpenShare,
  path: string,
  after: string | undefined,
): Promise<SharedFolder> {
  const { share, bucket, identity } = open;
  if (share.kind === 'selection' && path === '') return listChosen(context, open, after);
  const prefix = prefixOfPath(share, path);
  await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  const from = after === undefined ? '' : share.base + after;
  const page = await listObjects(context, { bucket, prefix, delimiter: '/', after: from, limit: PAGE });
  const relative = (name: string) => name.slice(share.base.length);
  const folders = page.commonPrefixes.map((name) => ({ kind: 'folder' as const, path: relative(name) }));
  const files = page.objects
    // The object that some clients make to keep a folder is no file of it.
    .filter(({ key }) => key !== prefix)
    .map(({ key, sizeBytes }) => ({ kind: 'file' as const, path: relative(key), sizeBytes }));
  return { entries: [...folders, ...files], next: page.next === undefined ? undefined : relative(page.next) };
}

/** What was chosen, in the order it was chosen in; what is gone since is left out. */
async function listChosen(context: ServiceContext, open: OpenShare, after: string | undefined): Promise<SharedFolder> {
  const paths = itemsOfShare(open.share).map((item) => item.slice(open.share.base.length));
  const start = after === undefined ? 0 : paths.indexOf(after) + 1;
  const shown = paths.slice(start, start + PAGE);
  const entries: SharedEntry[] = [];
  for (const path of shown) {
    if (path.endsWith('/')) entries.push({ kind: 'folder', path });
    else {
      const sizeBytes = await sizeOf(context, open, path);
      if (sizeBytes !== undefined) entries.push({ kind: 'file', path, sizeBytes });
    }
  }
  return { entries, next: start + PAGE < paths.length ? shown.at(-1) : undefined };
}

async function sizeOf(context: ServiceContext, open: OpenShare, path: string): Promise<number | undefined> {
  try {
    return (await headSharedFile(context, open, path)).object.sizeBytes;
  } catch (error) {
    if (isFailure(error, 'NoSuchKey', 'AccessDenied', 'MethodNotAllowed')) return undefined;
    throw error;
  }
}
