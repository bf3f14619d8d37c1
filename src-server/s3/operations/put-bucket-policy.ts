import { Failure } from '../../domain/failure.ts';
import { putBucketPolicy as putBucketPolicyOf } from '../../services/buckets/put-bucket-policy.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { POLICY_BYTES } from '../operation-table/row.ts';

/** PutBucketPolicy. */
export const putBucketPolicy: BucketOperation = async (context, request) => {
  const bytes = await request.body.readAll(POLICY_BYTES);
  if (bytes.length === 0) throw new Failure('MissingRequestBodyError');
  const means = request.header('x-amz-confirm-remove-self-bucket-access')?.toLowerCase() === 'true';
  await putBucketPolicyOf(context, request.identity, request.target.bucket, textOf(bytes), means);
  return emptyResponse(204);
};

/** Throws MalformedPolicy for what is no UTF-8: kept as text, it would become another policy. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
}
