import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getHistory, type HistoryRangeName } from '../../../../src-server/contract/overview.ts';
import { type AnswerOf, call } from '../../../lib/api.ts';

export type History = AnswerOf<typeof getHistory>;

/** A finer step is not drawn: the newest point comes this late at most. */
const EVERY_MS: Readonly<Record<HistoryRangeName, number>> = {
  '1h': 10_000,
  '24h': 60_000,
  '7d': 300_000,
  '30d': 300_000,
  '1y': 600_000,
};

/** What was measured over a range that ends now; series by name. */
export function useHistory(range: HistoryRangeName, series: string, topic: 'server' | 'buckets' = 'server') {
  return useQuery({
    queryKey: ['history', topic, range, series],
    queryFn: ({ signal }) => call(getHistory, { query: { topic, range, series }, signal }),
    refetchInterval: EVERY_MS[range],
    placeholderData: keepPreviousData,
  });
}
