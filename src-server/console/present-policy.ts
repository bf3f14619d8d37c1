import type { Policy } from '../contract/policies.ts';
import type { IamRole } from '../contract/roles.ts';
import { policyArn, roleArn } from '../domain/arn-names.ts';
import { BUILT_IN_ACCOUNT } from '../domain/iam-rules.ts';
import type { findPolicy } from '../services/iam/find-policy.ts';
import type { FoundRole } from '../services/iam/find-role.ts';

/** A managed policy as lists show it. */
export function presentPolicy(row: Awaited<ReturnType<typeof findPolicy>>['policy']): Policy {
  return {
    name: row.name,
    arn: policyArn(row.account_id, row.path, row.name),
    description: row.description,
    isBuiltIn: row.account_id === BUILT_IN_ACCOUNT,
    defaultVersion: row.default_version,
    uses: row.attachments + row.boundaries,
    createdAtMs: row.created_ms,
    changedAtMs: row.updated_ms,
  };
}

/** A role of this account. */
export function presentRole(row: FoundRole['role']): IamRole {
  return {
    name: row.name,
    arn: roleArn(row.account_id, row.path, row.name),
    description: row.description,
    trustPolicy: row.trust_policy,
    maxSessionSeconds: row.max_session_seconds,
    createdAtMs: row.created_ms,
  };
}
