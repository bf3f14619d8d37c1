import { putBucketRequestPayment as putRequestPaymentOf } from '../../services/buckets/put-bucket-request-payment.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseRequestPayment } from '../xml/shapes/request-payment-configuration.ts';

/** PutBucketRequestPayment: kept and shown; nobody pays. */
export const putBucketRequestPayment: BucketOperation = async (context, request) => {
  const payer = parseRequestPayment(await readConfigBody(request));
  await putRequestPaymentOf(context, request.identity, request.target.bucket, payer);
  return emptyResponse();
};
