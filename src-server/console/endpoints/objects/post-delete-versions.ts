import { deleteVersionsSchema, postDeleteVersions } from '../../../contract/object-versions.ts';
import { Failure } from '../../../domain/failure.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseVersionId } from '../../../domain/version-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import { deleteObjects } from '../../../services/objects/delete-objects.ts';
import { eachKey } from '../../each-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postDeleteVersionsEndpoint = sessionEndpoint(
  postDeleteVersions,
  async (context, { session, params, body }) => {
    const { items } = deleteVersionsSchema.parse(body);
    const bucket = bucketOfPath(params);
    await requireBucket(context, bucket);
    const { identity } = session;
    const outcome = await eachKey(items, async (item) => {
      const key = parseObjectKey(item.key);
      const versionId = parseVersionId(item.versionId);
      await authorize(context, { identity, iamAction: 's3:DeleteObjectVersion', bucket, key });
      const keys = [{ key, versionId, condition: undefined, bypassGovernance: false }];
      const [result] = await deleteObjects(context, { identity, bucket, keys });
      if (result?.kind === 'failed') throw new Failure(result.code, result.message);
    });
    return { status: 200, body: outcome };
  },
);
