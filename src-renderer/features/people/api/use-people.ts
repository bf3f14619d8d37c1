import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type createPersonSchema,
  deletePerson,
  deletePersonSecondFactor,
  deletePersonSessions,
  getPeople,
  getPerson,
  patchPerson,
  postPasswordLink,
  postPerson,
  type updatePersonSchema,
} from '../../../../src-server/contract/people.ts';
import { call } from '../../../lib/api.ts';

const KEY = ['people'] as const;

export function usePeople(isEnabled = true) {
  return useQuery({
    queryKey: [...KEY, 'all'],
    queryFn: ({ signal }) => call(getPeople, { signal }),
    enabled: isEnabled,
  });
}

export function usePerson(name: string) {
  return useQuery({
    queryKey: [...KEY, 'one', name],
    queryFn: ({ signal }) => call(getPerson, { params: { name }, signal }),
  });
}

export function useAddPerson() {
  return usePeopleMutation((body: z.input<typeof createPersonSchema>) => call(postPerson, { body }));
}

export function useChangePerson(name: string) {
  return usePeopleMutation((body: z.input<typeof updatePersonSchema>) => call(patchPerson, { params: { name }, body }));
}

export function useDeletePerson(name: string) {
  return usePeopleMutation((heir: string | undefined) =>
    call(deletePerson, { params: { name }, query: { handBucketsTo: heir } }),
  );
}

export function useMakePasswordLink(name: string) {
  return usePeopleMutation((_: undefined) => call(postPasswordLink, { params: { name } }));
}

export function useEndSessionsOf(name: string) {
  return usePeopleMutation((_: undefined) => call(deletePersonSessions, { params: { name } }));
}

export function useResetSecondFactor(name: string) {
  return usePeopleMutation((_: undefined) => call(deletePersonSecondFactor, { params: { name } }));
}

function usePeopleMutation<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}
