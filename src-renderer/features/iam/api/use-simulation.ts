import { useMutation } from '@tanstack/react-query';
import type * as z from 'zod';
import { postAccessSimulation, type simulateAccessSchema } from '../../../../src-server/contract/access.ts';
import { call } from '../../../lib/api.ts';

/** Asks what would be decided; changes nothing. */
export function useSimulation() {
  return useMutation({
    mutationFn: (body: z.input<typeof simulateAccessSchema>) => call(postAccessSimulation, { body }),
  });
}
