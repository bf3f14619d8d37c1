import { getZip } from '../../../contract/zips.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../../domain/ids.ts';
import { authorize } from '../../../services/access/authorize.ts';
import type { ServiceContext } from '../../../services/context.ts';
import type { Identity, UserIdentity } from '../../../services/identity.ts';
import type { WantedBytes } from '../../../services/objects/select-bytes.ts';
import { answerZip, type ServedZip } from '../../../services/zip/answer-zip.ts';
import { findZipLink, type ZipLink } from '../../../services/zip/zip-links.ts';
import { zipHeaders } from '../../content-headers.ts';
import { ConsoleError, type Endpoint } from '../../endpoint.ts';

export const getZipEndpoint: Endpoint = {
  route: getZip,
  handle: async (context, _facts, { params, wanted }) => {
    const zip = await serve(context, params.token ?? '', wanted);
    return { status: zip.range === undefined ? 200 : 206, headers: zipHeaders(zip), body: undefined, stream: zip };
  },
};

/** What the link leads to, where its maker may still read all that comes next. Every other answer is the same 404. */
async function serve(context: ServiceContext, token: string, wanted: WantedBytes): Promise<ServedZip> {
  try {
    const link = await findZipLink(context, token);
    if (link !== undefined) return await answerZip(context, { plan: link.plan, mayRead: asker(context, link) }, wanted);
  } catch (error) {
    if (!isFailure(error, 'AccessDenied', 'NoSuchBucket')) throw error;
  }
  throw new ConsoleError(404, 'NoSuchLink', 'this address is too old, or never was one');
}

function asker(context: ServiceContext, { plan, user }: ZipLink): (key: ObjectKey) => Promise<void> {
  // Proven by the link's token, which only the session's holder was given; planned with this very name.
  const identity = user as UserIdentity & Identity;
  const bucket = plan.facts.bucket as BucketName;
  const iamAction = plan.facts.atMs === null ? 's3:GetObject' : 's3:GetObjectVersion';
  return (key) => authorize(context, { identity, iamAction, bucket, key });
}
