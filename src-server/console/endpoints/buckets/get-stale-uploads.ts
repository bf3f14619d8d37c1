import { getStaleUploads, staleUploadsQuerySchema } from '../../../contract/open-uploads.ts';
import type { EpochMs } from '../../../domain/ids.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { findStaleUploads } from '../../../services/uploads/stale-uploads.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getStaleUploadsEndpoint = sessionEndpoint(getStaleUploads, async (context, { session, params, query }) => {
  const bucket = bucketOfPath(params);
  const { olderThanHours } = staleUploadsQuerySchema.parse(query);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketMultipartUploads', bucket });
  const found = await findStaleUploads(context, bucket, hoursBefore(context.now(), olderThanHours));
  const sample = found.sample.map(({ key, initiatedMs, bytes }) => ({ key, startedAtMs: initiatedMs, bytes }));
  return { status: 200, body: { count: found.count, bytes: found.bytes, oldestAtMs: found.oldestMs ?? null, sample } };
});

/** The time so many hours ago. */
export function hoursBefore(nowMs: EpochMs, hours: number): EpochMs {
  // A difference of times and lengths is a time.
  return (nowMs - hours * 3_600_000) as EpochMs;
}
