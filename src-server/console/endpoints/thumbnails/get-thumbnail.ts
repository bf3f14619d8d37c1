import { getThumbnail, thumbnailQuerySchema } from '../../../contract/thumbnails.ts';
import { matchesETag, parseETagCondition } from '../../../domain/etag.ts';
import type { ETag } from '../../../domain/ids.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseVersionId } from '../../../domain/version-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { getThumbnail as makeThumbnail } from '../../../services/thumbnails/get-thumbnail.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getThumbnailEndpoint = sessionEndpoint(
  getThumbnail,
  async (context, { session, params, query, http: { ifNoneMatch } }) => {
    const asked = thumbnailQuerySchema.parse(query);
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(asked.key);
    const versionId = asked.versionId === undefined ? undefined : parseVersionId(asked.versionId);
    const iamAction = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
    await authorize(context, { identity: session.identity, iamAction, bucket, key });
    const made = await makeThumbnail(context, { bucket, key, versionId });
    if (made === undefined) throw new ConsoleError(404, 'NoThumbnail', 'there is no small picture of this object');
    const headers = { etag: `"${made.etag}"`, 'cache-control': 'private, max-age=3600' };
    // Minted as an entity tag by the service.
    if (ifNoneMatch !== '' && matchesETag(parseETagCondition(ifNoneMatch), made.etag as ETag)) {
      return { status: 304, body: undefined, headers };
    }
    return { status: 200, body: made.bytes, headers: { ...headers, 'content-type': 'image/webp' } };
  },
);
