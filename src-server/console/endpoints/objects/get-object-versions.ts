import type * as z from 'zod';
import { getObjectVersions, type versionsPageSchema, versionsQuerySchema } from '../../../contract/object-versions.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listKeyVersions } from '../../../services/objects/list-key-versions.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getObjectVersionsEndpoint = sessionEndpoint(
  getObjectVersions,
  async (context, { session, params, query }) => {
    const { key: text, before, limit } = versionsQuerySchema.parse(query);
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(text);
    await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
    const { versions, next } = await listKeyVersions(context, { bucket, key, before, limit });
    const body: z.infer<typeof versionsPageSchema> = {
      versions: versions.map((row) => ({
        versionId: row.version_id,
        kind: row.is_marker === 1 ? 'marker' : 'version',
        isCurrent: row.is_current === 1,
        modifiedAtMs: row.modified_ms,
        sizeBytes: row.size,
        etag: row.etag,
      })),
      next: next ?? null,
    };
    return { status: 200, body };
  },
);
