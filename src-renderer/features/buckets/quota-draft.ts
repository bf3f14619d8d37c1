/** Units of a limit: steps of 1000, as sizes are said. */
export const QUOTA_UNITS = ['MB', 'GB', 'TB'] as const;
export type QuotaUnit = (typeof QUOTA_UNITS)[number];

const BYTES_OF: Readonly<Record<QuotaUnit, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };

/** A limit of bytes as somebody types it; an empty amount is no limit. */
export interface ByteDraft {
  readonly amount: string;
  readonly unit: QuotaUnit;
}

/** In the largest unit that says it shortly. */
export function byteDraft(quotaBytes: number | null): ByteDraft {
  if (quotaBytes === null) return { amount: '', unit: 'GB' };
  const unit = [...QUOTA_UNITS].reverse().find((one) => quotaBytes >= BYTES_OF[one]) ?? 'MB';
  return { amount: String(quotaBytes / BYTES_OF[unit]), unit };
}

/** Bytes; null for no limit, undefined for what is none. */
export function readBytes({ amount, unit }: ByteDraft): number | null | undefined {
  const text = amount.trim().replace(',', '.');
  if (text === '') return null;
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const bytes = Math.round(Number(text) * BYTES_OF[unit]);
  return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A number of objects; null for no limit, undefined for what is none. */
export function readObjects(amount: string): number | null | undefined {
  const text = amount.trim();
  if (text === '') return null;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  return count >= 1 && Number.isSafeInteger(count) ? count : undefined;
}
