import { type BatchResult, postObjectBatch } from '../../../contract/upload-batches.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { BucketName } from '../../../domain/ids.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { putObject } from '../../../services/objects/put-object.ts';
import { checkedBody } from '../../checked-body.ts';
import { type ConsoleSession, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { messageOf } from '../../present-error.ts';
import { type BatchFile, bodyOfBytes, readBatch } from '../../read-batch.ts';
import { conditionOf, uploadedAttributes } from '../../uploaded-attributes.ts';

/** As many share one turn of the log. */
const AT_ONCE = 32;

export const postObjectBatchEndpoint = sessionEndpoint(
  postObjectBatch,
  async (context, { session, params, upload }) => {
    if (upload === undefined) throw new Error('the route has an upload');
    const bucket = bucketOfPath(params);
    await requireBucket(context, bucket);
    const files = await readBatch(upload.body());
    const results = new Array<BatchResult>(files.length);
    let next = 0;
    const work = async () => {
      while (next < files.length) {
        const index = next;
        next += 1;
        const file = files[index];
        if (file !== undefined) results[index] = await store(context, session, bucket, file);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, work));
    return { status: 200, body: { results } };
  },
);

/** What is refused is refused to one file; a bug ends the request. */
async function store(
  context: ServiceContext,
  { identity }: ConsoleSession,
  bucket: BucketName,
  { facts, bytes }: BatchFile,
): Promise<BatchResult> {
  try {
    const key = parseObjectKey(facts.key);
    await authorize(context, { identity, iamAction: 's3:PutObject', bucket, key });
    const stored = await putObject(context, {
      identity,
      bucket,
      key,
      attributes: uploadedAttributes(facts),
      condition: conditionOf(facts.rule),
      body: checkedBody(bodyOfBytes(bytes), facts.crc64nvme),
    });
    return { kind: 'stored', key: facts.key, etag: stored.etag, crc64nvme: stored.checksum.value };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { kind: 'failed', key: facts.key, code: error.code, message: error.message || messageOf(error.code) };
  }
}
