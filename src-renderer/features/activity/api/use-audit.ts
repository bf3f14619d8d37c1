import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type AuditEntryView, getAudit } from '../../../../src-server/contract/audit.ts';
import { call } from '../../../lib/api.ts';

/** What of the trail is shown. Times in epoch milliseconds. */
export interface AuditFilter {
  readonly outcome: 'changed' | 'denied';
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly fromMs: number | undefined;
  readonly untilMs: number | undefined;
}

const EXPORT_PAGE = 200;
const EXPORT_MAX = 10_000;

/** Pages of the audit trail, newest first. */
export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => call(getAudit, { query: queryOf(filter, pageParam, undefined), signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Everything that matches, at most 10,000 records; `isCut` where there are more. */
export async function readAudit(filter: AuditFilter): Promise<{ entries: AuditEntryView[]; isCut: boolean }> {
  const entries: AuditEntryView[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await call(getAudit, { query: queryOf(filter, before, EXPORT_PAGE) });
    entries.push(...page.entries);
    if (page.next === null) return { entries, isCut: false };
    if (entries.length >= EXPORT_MAX) return { entries, isCut: true };
    before = page.next;
  }
}

function queryOf(filter: AuditFilter, before: number | undefined, limit: number | undefined): Record<string, string> {
  const all = Object.entries({ ...filter, before, limit });
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])),
  );
}
