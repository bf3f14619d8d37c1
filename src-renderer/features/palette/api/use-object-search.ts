import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { getSearch } from '../../../../src-server/contract/folder-view.ts';
import { call } from '../../../lib/api.ts';

const MOST = 8;
const LETTERS_MIN = 2;

interface FoundObject {
  readonly bucket: string;
  readonly key: string;
}

/** Files of all buckets whose key holds `text`, as far as they are found at once. */
export function useObjectSearch(text: string): readonly FoundObject[] {
  const name = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['search', 'palette', name],
    queryFn: ({ signal }) => call(getSearch, { query: { name, limit: String(MOST) }, signal }),
    enabled: name.length >= LETTERS_MIN,
    placeholderData: (previous) => previous,
  });
  if (name.length < LETTERS_MIN || data === undefined) return [];
  return data.rows.flatMap(({ bucket, row }) => (row.kind === 'file' ? [{ bucket, key: row.key }] : []));
}
