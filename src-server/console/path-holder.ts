import * as z from 'zod';
import { holderKindSchema } from '../contract/holder-policies.ts';
import type { HolderName } from '../services/iam/iam-scope.ts';

const pathSchema = z.object({ kind: holderKindSchema, name: z.string().min(1) });

/** The user, group or role that a path names. Throws ZodError for another kind. */
export function holderOf(params: Readonly<Record<string, string>>): HolderName {
  const { kind, name } = pathSchema.parse(params);
  return { kind, name };
}
