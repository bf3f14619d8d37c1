import { getObjectDetails, versionQuerySchema } from '../../../contract/object-details.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseVersionId } from '../../../domain/version-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { headObject } from '../../../services/objects/head-object.ts';
import { NO_CONDITIONS } from '../../content-request.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentDetails } from '../../present-details.ts';
import { readActionFor } from '../../read-action.ts';

export const getObjectDetailsEndpoint = sessionEndpoint(
  getObjectDetails,
  async (context, { session, params, query }) => {
    const asked = versionQuerySchema.parse(query);
    const { identity } = session;
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(asked.key);
    const versionId = asked.version === undefined ? undefined : parseVersionId(asked.version);
    const tagAction = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
    for (const iamAction of [readActionFor(versionId), tagAction]) {
      await authorize(context, { identity, iamAction, bucket, key });
    }
    const wanted = { kind: 'all' } as const;
    const found = await headObject(context, { bucket, key, versionId, conditions: NO_CONDITIONS, wanted });
    return { status: 200, body: presentDetails(found) };
  },
);
