import { postZipLink, zipLinkSchema } from '../../../contract/zips.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { makeZipLink } from '../../../services/zip/zip-links.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postZipLinkEndpoint = sessionEndpoint(postZipLink, async (context, { session, params, body, signal }) => {
  const asked = zipLinkSchema.parse(body);
  const bucket = bucketOfPath(params);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  const iamAction = asked.atMs === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const { token, facts } = await makeZipLink(context, {
    ...asked,
    atMs: asked.atMs,
    sessionId: session.id,
    bucket,
    signal,
    fileName: `${asked.name ?? nameOf(asked.base, bucket)}.zip`,
    mayRead: (key) => authorize(context, { identity, iamAction, bucket, key }),
  });
  const { fileName, sizeBytes, entries, renamed, expiresAtMs } = facts;
  return { status: 201, body: { url: `/content/zips/${token}`, fileName, sizeBytes, entries, renamed, expiresAtMs } };
});

function nameOf(base: string, bucket: string): string {
  return base.split('/').findLast((part) => part !== '') ?? bucket;
}
