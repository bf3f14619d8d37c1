import { listAccessKeys } from '../../db/tables/access-key.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { SeenRequest } from '../../observability/request-ring.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { SELF_TEST_USER_AGENT } from '../self-test/s3-client.ts';

/** What came in this time before counts as the client's first contact too. */
const RECENT_MS = 10 * 60_000;

/**
 * Tells the S3 requests that mean a bucket, or that name one of the caller's own keys: first those of the last minutes,
 * oldest first, then each as it is answered. The server's own test is left out. Returns what ends it.
 *
 * @param accessKeyId left out of account where it is not one of the caller's keys
 */
export async function watchContact(
  context: ServiceContext,
  caller: UserIdentity,
  bucket: BucketName,
  accessKeyId: string | undefined,
  tell: (request: SeenRequest) => void,
): Promise<() => void> {
  const keys = accessKeyId === undefined ? [] : await context.catalogue.read((tx) => listAccessKeys(tx, caller.userId));
  const key = keys.find(({ id }) => id === accessKeyId)?.id;
  const isMeant = (request: SeenRequest): boolean =>
    request.userAgent !== SELF_TEST_USER_AGENT &&
    (request.bucket === bucket ||
      request.host?.startsWith(`${bucket}.`) === true ||
      (key !== undefined && request.accessKeyId === key));
  const end = context.requests.subscribe((requests) => {
    for (const request of requests) if (isMeant(request)) tell(request);
  });
  const sinceMs = context.now() - RECENT_MS;
  const recent = (await context.requests.recent()).filter((request) => request.atMs >= sinceMs && isMeant(request));
  for (const request of recent.reverse()) tell(request);
  return end;
}
