import { postRestoreVersions, restoreVersionsSchema } from '../../../contract/object-versions.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseVersionId } from '../../../domain/version-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import { restoreVersion, undeleteObject } from '../../../services/objects/restore-object.ts';
import { eachKey } from '../../each-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

/** A copy of an older version needs what a copy needs; taking a marker away is deleting a version. */
const COPY_ACTIONS = ['s3:GetObjectVersion', 's3:GetObjectVersionTagging', 's3:PutObject', 's3:PutObjectTagging'];

export const postRestoreVersionsEndpoint = sessionEndpoint(
  postRestoreVersions,
  async (context, { session, params, body }) => {
    const { items } = restoreVersionsSchema.parse(body);
    const bucket = bucketOfPath(params);
    await requireBucket(context, bucket);
    const { identity } = session;
    const outcome = await eachKey(items, async (item) => {
      const key = parseObjectKey(item.key);
      const isCopy = item.versionId !== undefined;
      for (const iamAction of isCopy ? COPY_ACTIONS : ['s3:DeleteObjectVersion']) {
        await authorize(context, { identity, iamAction, bucket, key });
      }
      if (item.versionId === undefined) return undeleteObject(context, { identity, bucket, key });
      return restoreVersion(context, { identity, bucket, key, versionId: parseVersionId(item.versionId) });
    });
    return { status: 200, body: outcome };
  },
);
