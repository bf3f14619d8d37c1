import type * as z from 'zod';
import { type FolderEntry, type folderPageSchema, getObjects, listFolderSchema } from '../../../contract/objects.ts';
import { compareKeys } from '../../../domain/listing.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listObjects, type ObjectListing } from '../../../services/objects/list-objects.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

const DELIMITER = '/';

export const getObjectsEndpoint = sessionEndpoint(getObjects, async (context, { session, params, query }) => {
  const { prefix, cursor, limit } = listFolderSchema.parse(query);
  const bucket = bucketOfPath(params);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucket', bucket });
  const after = cursor === undefined ? '' : readCursor(cursor);
  const page = await listObjects(context, { bucket, prefix, delimiter: DELIMITER, after, limit });
  return { status: 200, body: presentPage(page, prefix) };
});

/** The key that a folder itself has, so that it stands while it is empty, is no entry of it. */
function presentPage(
  { objects, commonPrefixes, next }: ObjectListing,
  folder: string,
): z.infer<typeof folderPageSchema> {
  const entries: FolderEntry[] = [
    ...commonPrefixes.map((prefix) => ({ kind: 'folder' as const, prefix })),
    ...objects
      .filter(({ key }) => (key as string) !== folder)
      .map((object) => ({
        kind: 'file' as const,
        key: object.key,
        sizeBytes: object.sizeBytes,
        modifiedAtMs: object.modifiedMs,
        etag: object.etag,
        storageClass: object.storageClass,
      })),
  ];
  entries.sort((a, b) => compareKeys(nameOf(a), nameOf(b)));
  return { entries, nextCursor: next === undefined ? null : toCursor(next) };
}

function nameOf(entry: FolderEntry): string {
  return entry.kind === 'folder' ? entry.prefix : entry.key;
}

function toCursor(name: string): string {
  return Buffer.from(name).toString('base64url');
}

/** The name to go on after. Any text is one: a made-up cursor finds no more than the listing would show. */
function readCursor(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (name === '' || toCursor(name) !== cursor) {
    throw new ConsoleError(400, 'InvalidRequest', 'the cursor is not one of a page before', 'cursor');
  }
  return name;
}
