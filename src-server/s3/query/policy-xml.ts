import type { IamRoleRow } from '../../db/tables/iam-role.ts';
import type { CountedPolicyRow, ManagedPolicyRow, PolicyVersionRow } from '../../db/tables/managed-policy.ts';
import { policyArn, roleArn } from '../../domain/arn-names.ts';
import { type IamTags, readIamTags } from '../../domain/iam-rules.ts';
import type { FoundRole } from '../../services/iam/find-role.ts';
import { element, optionalElement, wrap } from '../xml/xml-writer.ts';
import { encodedPolicy, isoTime, members } from './query-page.ts';

/** A managed policy as lists show it. */
export function policyXml(policy: CountedPolicyRow): string {
  return (
    element('PolicyName', policy.name) +
    element('PolicyId', policy.unique_id) +
    element('Arn', arnOf(policy)) +
    element('Path', policy.path) +
    element('DefaultVersionId', `v${policy.default_version}`) +
    element('AttachmentCount', policy.attachments) +
    element('PermissionsBoundaryUsageCount', policy.boundaries) +
    element('IsAttachable', true) +
    element('CreateDate', isoTime(policy.created_ms)) +
    element('UpdateDate', isoTime(policy.updated_ms))
  );
}

function arnOf({ account_id: accountId, path, name }: ManagedPolicyRow): string {
  return policyArn(accountId, path, name);
}

/** A version of a managed policy, without its text. */
export function versionXml({ version, created_ms: createdMs }: PolicyVersionRow, isDefault: boolean): string {
  return (
    element('VersionId', `v${version}`) +
    element('IsDefaultVersion', isDefault) +
    element('CreateDate', isoTime(createdMs))
  );
}

/** A managed policy as it hangs on somebody. */
export function attachedPolicyXml(policy: ManagedPolicyRow): string {
  return element('PolicyName', policy.name) + element('PolicyArn', arnOf(policy));
}

/** A role as lists show it. */
export function roleXml(role: IamRoleRow): string {
  return (
    element('Path', role.path) +
    element('RoleName', role.name) +
    element('RoleId', role.unique_id) +
    element('Arn', roleArn(role.account_id, role.path, role.name)) +
    element('CreateDate', isoTime(role.created_ms)) +
    element('AssumeRolePolicyDocument', encodedPolicy(role.trust_policy)) +
    optionalElement('Description', role.description === '' ? undefined : role.description) +
    element('MaxSessionDuration', role.max_session_seconds)
  );
}

/** A role with its boundary and tags. */
export function wholeRoleXml({ role, boundary }: FoundRole): string {
  return roleXml(role) + (boundary === undefined ? '' : boundaryXml(boundary)) + tagsXml(readIamTags(role.tags));
}

/** The boundary of a user or role. */
export function boundaryXml(policy: ManagedPolicyRow): string {
  return wrap(
    'PermissionsBoundary',
    element('PermissionsBoundaryType', 'Policy') + element('PermissionsBoundaryArn', arnOf(policy)),
  );
}

/** Tags, by key. */
export function tagsXml(tags: IamTags): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return members('Tags', sorted, ([key, value]) => element('Key', key) + element('Value', value));
}
