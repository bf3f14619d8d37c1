import { getBucketPolicy } from '../../services/buckets/get-bucket-policy.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { element, xmlDocument } from '../xml/xml-writer.ts';

/** GetBucketPolicyStatus: does the policy let in people it does not name? */
export const getBucketPolicyStatus: BucketOperation = async (context, request) => {
  const { isPublic } = await getBucketPolicy(context, request.target.bucket);
  return xmlResponse(xmlDocument('PolicyStatus', element('IsPublic', String(isPublic))));
};
