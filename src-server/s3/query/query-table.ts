import { getCallerIdentity } from './operations/get-caller-identity.ts';
import type { QueryOperation } from './query-operation.ts';

/** Every action of IAM and STS that this port answers, in the alphabet's order: one row here, one file beside. */
export const QUERY_OPERATIONS: readonly QueryOperation[] = [
  { service: 'sts', action: 'GetCallerIdentity', handler: getCallerIdentity },
];
