import { Failure } from '../../domain/failure.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

/** Reads `v3`. @throws Failure ValidationError */
export function parseVersionId(text: string): number {
  const [, digits] = /^v([1-9][0-9]{0,8})$/.exec(text) ?? [];
  if (digits === undefined) throw new Failure('ValidationError', `VersionId ${text.slice(0, 32)} is not valid.`);
  return Number(digits);
}

const COMMANDS = {
  DeletePolicyVersion: 'delete-policy-version',
  SetDefaultPolicyVersion: 'set-default-policy-version',
} as const;

/** Removes a version of a managed policy, or makes it the one that counts. Throws AccessDenied, DeleteConflict, NoSuchEntity, ValidationError. */
export async function changePolicyVersion(
  context: ServiceContext,
  caller: IamCaller,
  action: keyof typeof COMMANDS,
  { arn, versionId }: { readonly arn: string; readonly versionId: string },
): Promise<void> {
  const policy = await authorizeOnPolicy(context, caller, `iam:${action}`, arn);
  await context.engine.submit(COMMANDS[action], {
    scope: scopeOf(caller),
    policy,
    version: parseVersionId(versionId),
    nowMs: context.now(),
  });
  announcePolicies(context);
}
