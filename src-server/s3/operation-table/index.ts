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
