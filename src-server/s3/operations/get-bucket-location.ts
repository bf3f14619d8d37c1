import { shownLocation } from '../../domain/bucket-location.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { locationConstraintXml } from '../xml/shapes/location-constraint.ts';

/** GetBucketLocation. */
export const getBucketLocation: BucketOperation = async (context, request) => {
  const { location } = await requireBucket(context, request.target.bucket);
  return xmlResponse(locationConstraintXml(shownLocation(location, context.config.region)));
};
