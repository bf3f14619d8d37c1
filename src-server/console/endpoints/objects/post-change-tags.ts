import { changeTagsSchema, type Outcome, postChangeTags } from '../../../contract/object-details.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import { changeTags } from '../../../services/objects/change-tags.ts';
import { eachKey } from '../../each-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postChangeTagsEndpoint = sessionEndpoint(postChangeTags, async (context, { session, params, body }) => {
  const { keys, set, remove } = changeTagsSchema.parse(body);
  const bucket = bucketOfPath(params);
  await requireBucket(context, bucket);
  const { identity } = session;
  const items = keys.map((key) => ({ key }));
  const outcome: Outcome = await eachKey(items, async (item) => {
    const key = parseObjectKey(item.key);
    for (const iamAction of ['s3:GetObjectTagging', 's3:PutObjectTagging']) {
      await authorize(context, { identity, iamAction, bucket, key });
    }
    await changeTags(context, { bucket, key, versionId: undefined }, { set, remove });
  });
  return { status: 200, body: outcome };
});
