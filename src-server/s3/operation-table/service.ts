import { listBuckets } from '../operations/list-buckets.ts';
import { MAX_PUT_BYTES, type OperationRow } from './row.ts';

/**
 * AWS's actions on no bucket, in the alphabet's order, one a line. To implement one: write `../operations/<kebab-case>.ts`
 * exporting the camelCase action, import it here and put it in place of 'not-implemented'.
 */
// biome-ignore format: one action a line
export const SERVICE_OPERATIONS: readonly OperationRow<'service'>[] = [
  { action: 'ListBuckets', method: 'GET', scope: 'service', iamAction: 's3:ListAllMyBuckets', body: 'none', bodyLimitBytes: 0, status: 200, handler: listBuckets },
  { action: 'ListDirectoryBuckets', method: 'GET', scope: 'service', query: { 'max-directory-buckets': '*' }, iamAction: 's3express:ListAllMyDirectoryBuckets', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'WriteGetObjectResponse', method: 'POST', scope: 'service', requestHeader: 'x-amz-request-route', iamAction: 's3:WriteGetObjectResponse', body: 'object', bodyLimitBytes: MAX_PUT_BYTES, status: 200, handler: 'not-implemented' },
];
