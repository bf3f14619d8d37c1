import type { BucketLockSettings } from '../../../src-server/contract/bucket-lock.ts';

/** Whether a new bucket for backups is immutable, as somebody types it. */
export interface ImmutableDraft {
  readonly isOn: boolean;
  /** Of programs that set no lock of their own. */
  readonly days: string;
}

export const NOT_IMMUTABLE: ImmutableDraft = { isOn: false, days: '30' };
const MAX_DAYS = 36_500;

/** Can this be asked for? */
export function isImmutableDraft(purpose: string, { isOn, days }: ImmutableDraft): boolean {
  if (!isOn || purpose !== 'restic') return true;
  return /^\d{1,5}$/.test(days) && Number(days) >= 1 && Number(days) <= MAX_DAYS;
}

/** The Object Lock of a new bucket: Kopia locks each file itself, restic's are kept by a default of the bucket. */
export function lockFor(purpose: string, { isOn, days }: ImmutableDraft): { readonly objectLock?: BucketLockSettings } {
  if (!isOn) return {};
  if (purpose === 'kopia') return { objectLock: { defaultRetention: null } };
  if (purpose !== 'restic') return {};
  return { objectLock: { defaultRetention: { mode: 'COMPLIANCE', unit: 'days', count: Number(days) } } };
}
