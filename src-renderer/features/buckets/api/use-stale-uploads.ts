import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getStaleUploads, postAbortStaleUploads } from '../../../../src-server/contract/open-uploads.ts';
import { call } from '../../../lib/api.ts';

/** What ending uploads of this age would give back; nothing is changed by asking. */
export function useStaleUploads(bucket: string, olderThanHours: number) {
  return useQuery({
    queryKey: ['usage', bucket, 'stale', olderThanHours],
    queryFn: ({ signal }) =>
      call(getStaleUploads, { params: { bucket }, query: { olderThanHours: String(olderThanHours) }, signal }),
  });
}

export function useAbortStaleUploads(bucket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (olderThanHours: number) =>
      call(postAbortStaleUploads, { params: { bucket }, body: { olderThanHours } }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['usage', bucket] });
      await client.invalidateQueries({ queryKey: ['buckets'] });
    },
  });
}
