import { objectQuerySchema, putMetadataSchema, putObjectMetadata } from '../../../contract/object-details.ts';
import { Failure } from '../../../domain/failure.ts';
import { parseObjectHeaders } from '../../../domain/object-headers.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { checkedUserMetadata, type UserMetadata } from '../../../domain/user-metadata.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { headObject } from '../../../services/objects/head-object.ts';
import { replaceMetadata } from '../../../services/objects/replace-metadata.ts';
import { NO_CONDITIONS } from '../../content-request.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentDetails } from '../../present-details.ts';

export const putObjectMetadataEndpoint = sessionEndpoint(
  putObjectMetadata,
  async (context, { session, params, query, body }) => {
    const asked = putMetadataSchema.parse(body);
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(objectQuerySchema.parse(query).key);
    const { identity } = session;
    for (const iamAction of ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObject', 's3:PutObjectTagging']) {
      await authorize(context, { identity, iamAction, bucket, key });
    }
    const given: ReadonlyMap<string, string | undefined> = new Map([
      ...Object.entries(asked.headers),
      ['content-type', asked.contentType],
    ]);
    const headers = parseObjectHeaders((name) => given.get(name));
    await replaceMetadata(context, { identity, bucket, key, headers, userMetadata: userMetadataOf(asked.metadata) });
    const wanted = { kind: 'all' } as const;
    const found = await headObject(context, { bucket, key, versionId: undefined, conditions: NO_CONDITIONS, wanted });
    return { status: 200, body: presentDetails(found) };
  },
);

function userMetadataOf(given: readonly { name: string; value: string }[]): UserMetadata | undefined {
  const names = given.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Failure('InvalidArgument', `the name ${twice} stands there twice`);
  return checkedUserMetadata(given.map(({ name, value }) => [name.toLowerCase(), value]));
}
