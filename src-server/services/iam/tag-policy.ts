import type { IamTags } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

/** What becomes of tags. */
export type TagChange =
  | { readonly kind: 'put'; readonly tags: IamTags }
  | { readonly kind: 'remove'; readonly keys: readonly string[] };

/** Changes the tags of a managed policy. Throws AccessDenied, LimitExceeded, NoSuchEntity, ValidationError. */
export async function tagPolicy(
  context: ServiceContext,
  caller: IamCaller,
  arn: string,
  change: TagChange,
): Promise<void> {
  const action = change.kind === 'put' ? 'iam:TagPolicy' : 'iam:UntagPolicy';
  const policy = await authorizeOnPolicy(context, caller, action, arn);
  await context.engine.submit('tag-managed-policy', {
    scope: scopeOf(caller),
    policy,
    put: change.kind === 'put' ? change.tags : {},
    removed: change.kind === 'remove' ? change.keys : [],
  });
  announcePolicies(context);
}
