import { BUCKET_OPERATIONS } from './bucket.ts';
import { OBJECT_OPERATIONS } from './object.ts';
import type { AnyOperationRow } from './row.ts';
import { SERVICE_OPERATIONS } from './service.ts';

/** Every AWS S3 action by name, and PostObject, which AWS documents without modelling it. */
export const OPERATION_TABLE: readonly AnyOperationRow[] = [
  ...SERVICE_OPERATIONS,
  ...BUCKET_OPERATIONS,
  ...OBJECT_OPERATIONS,
];

const SUBRESOURCES: ReadonlySet<string> = new Set(
  OPERATION_TABLE.flatMap((row) => (row.subresource === undefined ? [] : [row.subresource])),
);

/** Is this query key a sub-resource of some action of AWS's? SigV2 signs those, and none is ever ignored. */
export function isSubresource(queryKey: string): boolean {
  return SUBRESOURCES.has(queryKey);
}
