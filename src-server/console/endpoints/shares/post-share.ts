import { createShareSchema, postShare } from '../../../contract/shares.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import type { EpochMs } from '../../../domain/ids.ts';
import { createShare } from '../../../services/shares/create-share.ts';
import { getShare } from '../../../services/shares/list-shares.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentShare } from '../../present-share.ts';

export const postShareEndpoint = sessionEndpoint(postShare, async (context, { session, body }) => {
  const { expiresAtMs, bucket, ...asked } = createShareSchema.parse(body);
  const { identity } = session;
  if (expiresAtMs !== null && expiresAtMs <= context.now()) {
    throw new ConsoleError(400, 'InvalidRequest', 'this time has passed', 'expiresAtMs');
  }
  const made = await createShare(context, {
    ...asked,
    identity,
    bucket: parseBucketName(bucket),
    // A time, as the contract says.
    expiresMs: expiresAtMs as EpochMs | null,
  });
  const found = await getShare(context, identity, made.id);
  if (found === undefined) throw new ConsoleError(404, 'NoSuchShare', 'the link was removed meanwhile');
  return { status: 201, body: presentShare(found.summary, identity) };
});
