import type { Tenant } from '../../../src-server/contract/tenants.ts';
import { type ByteDraft, byteDraft, readBytes, readObjects } from '../buckets/quota-draft.ts';

/** Limits of a tenant as somebody types them; what is empty is no limit. */
export interface TenantDraft {
  readonly bytes: ByteDraft;
  readonly buckets: string;
  readonly keys: string;
}

type Limits = Pick<Tenant, 'quotaBytes' | 'maxBuckets' | 'maxKeys'>;

export const NO_LIMITS: TenantDraft = { bytes: byteDraft(null), buckets: '', keys: '' };

export function draftOf({ quotaBytes, maxBuckets, maxKeys }: Limits): TenantDraft {
  return {
    bytes: byteDraft(quotaBytes),
    buckets: maxBuckets === null ? '' : String(maxBuckets),
    keys: maxKeys === null ? '' : String(maxKeys),
  };
}

/** The limits that were typed; undefined where one of them is none. */
export function limitsOf({ bytes, buckets, keys }: TenantDraft): Limits | undefined {
  const quotaBytes = readBytes(bytes);
  const maxBuckets = readObjects(buckets);
  const maxKeys = readObjects(keys);
  if (quotaBytes === undefined || maxBuckets === undefined || maxKeys === undefined) return undefined;
  return { quotaBytes, maxBuckets, maxKeys };
}
