import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of who may do what: whatever is shown of people, groups, roles and policies is asked for anew. */
export function useIamMutation<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }) });
}
