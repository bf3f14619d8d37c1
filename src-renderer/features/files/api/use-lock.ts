import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  getObjectLock,
  putObjectLegalHold,
  putObjectRetention,
  type putRetentionSchema,
} from '../../../../src-server/contract/object-lock.ts';
import { ApiError, call } from '../../../lib/api.ts';

const keyOf = (bucket: string, key: string) => ['object', bucket, key, 'lock'] as const;

/** Until when the current version of a file is kept; null in a bucket without Object Lock. */
export function useLock(bucket: string, key: string) {
  return useQuery({
    queryKey: keyOf(bucket, key),
    queryFn: async ({ signal }) => {
      try {
        return await call(getObjectLock, { params: { bucket }, query: { key }, signal });
      } catch (error) {
        // Who may not read locks sees the rest of the file all the same.
        if (error instanceof ApiError && (error.code === 'InvalidRequest' || error.code === 'AccessDenied'))
          return null;
        throw error;
      }
    },
  });
}

/** Keeps the current version until a time. */
export function useKeepUntil(bucket: string, key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (retention: z.input<typeof putRetentionSchema>['retention']) =>
      call(putObjectRetention, { params: { bucket }, body: { key, retention } }),
    onSuccess: (lock) => client.setQueryData(keyOf(bucket, key), lock),
  });
}

/** Sets or lifts the legal hold of the current version. */
export function useLegalHold(bucket: string, key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (isOn: boolean) => call(putObjectLegalHold, { params: { bucket }, body: { key, isOn } }),
    onSuccess: (lock) => client.setQueryData(keyOf(bucket, key), lock),
  });
}
