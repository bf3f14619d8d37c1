import { getContent } from '../../../contract/content.ts';
import { isFailure } from '../../../domain/failure.ts';
import { authorize } from '../../../services/access/authorize.ts';
import type { ServiceContext } from '../../../services/context.ts';
import type { Identity, UserIdentity } from '../../../services/identity.ts';
import { type ContentLink, findContentLink } from '../../../services/objects/content-links.ts';
import { getObject } from '../../../services/objects/get-object.ts';
import { contentHeaders } from '../../content-headers.ts';
import { NO_CONDITIONS } from '../../content-request.ts';
import { ConsoleError, type Endpoint, type EndpointAnswer } from '../../endpoint.ts';
import { readActionFor } from '../../read-action.ts';

export const getContentEndpoint: Endpoint = {
  route: getContent,
  handle: async (context, _facts, { params, wanted }) => {
    const { bucket, key, versionId, download } = await requireLink(context, params.token ?? '');
    const found = await getObject(context, { bucket, key, versionId, conditions: NO_CONDITIONS, wanted });
    const headers = contentHeaders(found, download);
    return { status: found.selection.range === undefined ? 200 : 206, headers, ...bodyOf(found.body) };
  },
};

function bodyOf(body: Awaited<ReturnType<typeof getObject>>['body']): Pick<EndpointAnswer, 'body' | 'stream'> {
  switch (body.kind) {
    case 'empty':
      return { body: new Uint8Array() };
    case 'bytes':
      return { body: body.bytes };
    case 'stream':
      return { body: undefined, stream: body };
  }
}

/** The link, where its maker may still read what it leads to. Every other answer is the same 404. */
async function requireLink(context: ServiceContext, token: string): Promise<ContentLink> {
  try {
    const link = await findContentLink(context, token);
    if (link !== undefined) {
      // Proven by the link's token, which only the session's holder was given.
      const identity = link.user as UserIdentity & Identity;
      await authorize(context, {
        identity,
        iamAction: readActionFor(link.versionId),
        bucket: link.bucket,
        key: link.key,
      });
      return link;
    }
  } catch (error) {
    if (!isFailure(error, 'AccessDenied', 'NoSuchBucket')) throw error;
  }
  throw new ConsoleError(404, 'NoSuchLink', 'this address is too old, or never was one');
}
