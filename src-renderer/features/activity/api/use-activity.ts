import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJobs, getLog, getRequest, getRequests, postJobRun } from '../../../../src-server/contract/activity.ts';
import { call } from '../../../lib/api.ts';

const JOBS = ['jobs'] as const;
const JOBS_EVERY_MS = 5_000;

/** The last requests when the page opened; what comes after them is streamed. */
export function useRequests() {
  return useQuery({
    queryKey: ['requests'],
    queryFn: ({ signal }) => call(getRequests, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** One request by its id, while the server still has it. */
export function useRequest(id: string) {
  return useQuery({
    queryKey: ['requests', id],
    queryFn: ({ signal }) => call(getRequest, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The newest lines of the log when the page opened. */
export function useLog() {
  return useQuery({
    queryKey: ['log'],
    queryFn: async ({ signal }) => (await call(getLog, { signal })).lines,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useJobs() {
  return useQuery({
    queryKey: JOBS,
    queryFn: async ({ signal }) => (await call(getJobs, { signal })).jobs,
    refetchInterval: JOBS_EVERY_MS,
  });
}

export function useRunJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(postJobRun, { params: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: JOBS }),
  });
}
