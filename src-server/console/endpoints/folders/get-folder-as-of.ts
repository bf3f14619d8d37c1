import type * as z from 'zod';
import {
  type asOfPageSchema,
  asOfQuerySchema,
  getFolderAsOf,
  type PastEntry,
} from '../../../contract/folder-history.ts';
import { compareKeys } from '../../../domain/listing.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listFolderAsOf, type PastEntry as PastRow } from '../../../services/history/list-folder-as-of.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getFolderAsOfEndpoint = sessionEndpoint(getFolderAsOf, async (context, { session, params, query }) => {
  const { prefix, atMs, cursor, limit } = asOfQuerySchema.parse(query);
  const bucket = bucketOfPath(params);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
  const from = cursor === undefined ? undefined : readCursor(cursor, prefix);
  const { entries, next } = await listFolderAsOf(context, { bucket, prefix, atMs, from, limit });
  const body: z.infer<typeof asOfPageSchema> = {
    entries: entries.map(presentEntry),
    nextCursor: next === undefined ? null : Buffer.from(next).toString('base64url'),
  };
  return { status: 200, body };
});

function presentEntry(entry: PastRow): PastEntry {
  if (entry.kind === 'folder') return entry;
  const { row } = entry;
  return {
    kind: 'file',
    key: row.key,
    versionId: row.version_id,
    isCurrent: row.is_current === 1,
    sizeBytes: row.size,
    modifiedAtMs: row.modified_ms,
    etag: row.etag,
    storageClass: row.storage_class,
  };
}

/** The key to go on from. One before the folder would show what is not in it. */
function readCursor(cursor: string, prefix: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (compareKeys(key, prefix) < 0) throw new ConsoleError(400, 'InvalidRequest', 'no such cursor', 'cursor');
  return key;
}
