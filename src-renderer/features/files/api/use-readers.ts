import { useQuery } from '@tanstack/react-query';
import { getAccessReaders } from '../../../../src-server/contract/access.ts';
import { call } from '../../../lib/api.ts';

/** Who may read a file, or list a bucket, and why. */
export function useReaders(bucket: string, key: string | undefined) {
  return useQuery({
    queryKey: ['buckets', bucket, 'readers', key ?? ''],
    queryFn: ({ signal }) =>
      call(getAccessReaders, { query: { bucket, ...(key === undefined ? {} : { key }) }, signal }),
  });
}
