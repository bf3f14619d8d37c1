import { contentLinkSchema, postContentLink } from '../../../contract/content.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseVersionId } from '../../../domain/version-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { CONTENT_LINK_MS, makeContentLink } from '../../../services/objects/content-links.ts';
import { headObject } from '../../../services/objects/head-object.ts';
import { NO_CONDITIONS } from '../../content-request.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { readActionFor } from '../../read-action.ts';

export const postContentLinkEndpoint = sessionEndpoint(postContentLink, async (context, { session, params, body }) => {
  const asked = contentLinkSchema.parse(body);
  const bucket = bucketOfPath(params);
  const key = parseObjectKey(asked.key);
  const versionId = asked.versionId === undefined ? undefined : parseVersionId(asked.versionId);
  await authorize(context, { identity: session.identity, iamAction: readActionFor(versionId), bucket, key });
  await headObject(context, { bucket, key, versionId, conditions: NO_CONDITIONS, wanted: { kind: 'all' } });
  const expiresAtMs = context.now() + CONTENT_LINK_MS;
  const token = await makeContentLink(context, {
    sessionId: session.id,
    bucket,
    key,
    versionId,
    download: asked.download,
  });
  return { status: 201, body: { url: `/content/${token}`, expiresAtMs } };
});
