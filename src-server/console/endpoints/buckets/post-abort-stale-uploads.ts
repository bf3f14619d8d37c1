import { abortStaleUploadsSchema, postAbortStaleUploads } from '../../../contract/open-uploads.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { abortStaleUploads } from '../../../services/uploads/stale-uploads.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { hoursBefore } from './get-stale-uploads.ts';

export const postAbortStaleUploadsEndpoint = sessionEndpoint(
  postAbortStaleUploads,
  async (context, { session, params, body, log }) => {
    const bucket = bucketOfPath(params);
    const { olderThanHours } = abortStaleUploadsSchema.parse(body);
    await authorize(context, { identity: session.identity, iamAction: 's3:AbortMultipartUpload', bucket });
    const ended = await abortStaleUploads(context, bucket, hoursBefore(context.now(), olderThanHours));
    log.info({ bucket, ...ended, olderThanHours }, 'unfinished uploads were ended');
    return { status: 200, body: ended };
  },
);
