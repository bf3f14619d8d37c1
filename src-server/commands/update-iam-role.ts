import { updateRole } from '../db/tables/iam-role.ts';
import type { WriteTx } from '../db/tx.ts';
import { changedTags, type IamTags, readIamTags } from '../domain/iam-rules.ts';
import { type IamScope, requireRole } from './support/iam-scope.ts';

export interface UpdateIamRoleInput {
  readonly scope: IamScope;
  readonly name: string;
  /** Undefined stays as it is, here and below. */
  readonly description: string | undefined;
  readonly maxSessionSeconds: number | undefined;
  /** Was read: it is a trust policy. */
  readonly trustPolicy: string | undefined;
  readonly putTags: IamTags;
  /** Keys that go. */
  readonly removedTags: readonly string[];
}

/** Changes a role. Throws NoSuchEntity, LimitExceeded. */
export async function updateIamRole(tx: WriteTx, input: UpdateIamRoleInput): Promise<void> {
  const role = await requireRole(tx, input.scope, input.name);
  await updateRole(tx, {
    id: role.id,
    trust_policy: input.trustPolicy ?? role.trust_policy,
    description: input.description ?? role.description,
    max_session_seconds: input.maxSessionSeconds ?? role.max_session_seconds,
    tags: JSON.stringify(changedTags(readIamTags(role.tags), input.putTags, input.removedTags)),
  });
}
