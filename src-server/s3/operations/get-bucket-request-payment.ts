import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { requestPaymentXml } from '../xml/shapes/request-payment-configuration.ts';

/** GetBucketRequestPayment: the owner, unless it was put otherwise. */
export const getBucketRequestPayment: BucketOperation = async (context, request) => {
  const { requestPayer } = await requireBucket(context, request.target.bucket);
  return xmlResponse(requestPaymentXml(requestPayer ?? 'BucketOwner'));
};
