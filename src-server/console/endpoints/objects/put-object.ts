import { putObject, putObjectQuerySchema, type StoredObjectAnswer } from '../../../contract/content.ts';
import { NO_LOCK } from '../../../domain/lock.ts';
import { parseObjectHeaders } from '../../../domain/object-headers.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { putObject as storeObject } from '../../../services/objects/put-object.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const putObjectEndpoint = sessionEndpoint(putObject, async (context, { session, params, query, upload }) => {
  if (upload === undefined) throw new Error('the route has an upload');
  const bucket = bucketOfPath(params);
  const key = parseObjectKey(putObjectQuerySchema.parse(query).key);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:PutObject', bucket, key });
  const headers = parseObjectHeaders((name) => (name === 'content-type' ? upload.contentType : undefined));
  const stored = await storeObject(context, {
    identity,
    bucket,
    key,
    attributes: {
      headers,
      userMetadata: undefined,
      tags: undefined,
      storageClass: 'STANDARD',
      encryption: undefined,
      lock: NO_LOCK,
    },
    condition: { kind: 'none' },
    body: upload.body(),
  });
  const body: StoredObjectAnswer = { key, sizeBytes: stored.sizeBytes, etag: stored.etag };
  return { status: 201, body };
});
