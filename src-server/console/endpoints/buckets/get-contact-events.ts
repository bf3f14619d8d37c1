import { type ContactRequest, contactQuerySchema, getContactEvents } from '../../../contract/first-contact.ts';
import type { SeenRequest } from '../../../observability/request-ring.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import { watchContact } from '../../../services/buckets/watch-contact.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getContactEventsEndpoint = sessionEndpoint(
  getContactEvents,
  async (context, { session, params, query, log }) => {
    const bucket = bucketOfPath(params);
    const { accessKeyId } = contactQuerySchema.parse(query);
    const { identity } = session;
    // As who may read what AWS calls the bucket's access log.
    await authorize(context, { identity, iamAction: 's3:GetBucketLogging', bucket });
    await requireBucket(context, bucket);
    return {
      status: 200,
      body: undefined,
      events: (send) => {
        send({ kind: 'hello' });
        let isGone = false;
        let end: (() => void) | undefined;
        const tell = (request: SeenRequest) => !isGone && send({ kind: 'contact', request: present(request) });
        watchContact(context, identity, bucket, accessKeyId, tell).then(
          (stop) => {
            if (isGone) stop();
            else end = stop;
          },
          (error: unknown) => log.warn({ err: error, bucket }, 'requests of a bucket cannot be watched'),
        );
        return () => {
          isGone = true;
          end?.();
        };
      },
    };
  },
);

function present(request: SeenRequest): ContactRequest {
  const { name, version } = request.client;
  return {
    atMs: request.atMs,
    action: request.action,
    status: request.status,
    errorCode: request.errorCode ?? null,
    client: version === undefined ? name : `${name} ${version}`,
    remote: request.remote ?? null,
    host: request.host ?? null,
    bucket: request.bucket ?? null,
    accessKeyId: request.accessKeyId ?? null,
    isKeyProven: request.isKeyProven,
  };
}
