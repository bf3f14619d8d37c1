import type { Tag } from '../../domain/bucket-settings.ts';
import type { ServiceContext } from '../../services/context.ts';
import { putObjectTagging as replaceTags } from '../../services/objects/put-object-tagging.ts';
import { authorizeRequest } from '../access/authorize-request.ts';
import { tagFacts } from '../auth/condition-facts.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { CONFIGURATION_BYTES } from '../operation-table/row.ts';
import { parseTagging } from '../xml/shapes/tagging.ts';

const ROW = { action: 'PutObjectTagging', iamAction: 's3:PutObjectTagging' };

/** PutObjectTagging: replaces the tags of a version. */
export const putObjectTagging: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const tags = await readTags(context, request);
  const named = namedVersion(request);
  const versionId = await replaceTags(context, { bucket, key, versionId: named }, tags);
  return emptyResponse(200, versionId === undefined ? {} : { 'x-amz-version-id': versionId });
};

/** The permission depends on the tags that are put: it is asked for once they are known, or known to be none. */
async function readTags(context: ServiceContext, request: Parameters<ObjectOperation>[1]): Promise<Tag[]> {
  const { identity, target } = request;
  const asked = { row: ROW, identity, bucket: target.bucket, key: target.key, source: request };
  let tags: Tag[];
  try {
    tags = parseTagging(await request.body.readAll(CONFIGURATION_BYTES));
  } catch (error) {
    await authorizeRequest(context, asked);
    throw error;
  }
  await authorizeRequest(context, { ...asked, bodyFacts: tagFacts(tags) });
  return tags;
}
