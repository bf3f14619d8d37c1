import * as z from 'zod';
import type { IamRoleRow } from '../../db/tables/iam-role.ts';
import type { IamUserRow } from '../../db/tables/iam-user.ts';
import type { StsSessionRow } from '../../db/tables/sts-session.ts';
import { ROOT_USER_NAME } from '../../domain/account.ts';
import { roleArn, rootArn, sessionArn, userArn, userUniqueId } from '../../domain/arn-names.ts';
import type { SessionFacts, UserIdentity } from '../identity.ts';

const tagsColumn = z.record(z.string(), z.string());

/** What a user's row says of who asks. */
export function identityOf(row: IamUserRow, accessKeyId: string | null): UserIdentity {
  const isRoot = row.name === ROOT_USER_NAME && row.role === 'root';
  return {
    kind: 'user',
    userId: row.id,
    name: row.name,
    role: row.role,
    tenantId: row.tenant_id,
    accountHolderId: row.account_holder_id,
    accountId: row.account_id,
    canonicalId: row.canonical_id,
    displayName: row.display_name,
    accessKeyId,
    arn: isRoot ? rootArn(row.account_id) : userArn(row.account_id, row.path, row.name),
    uniqueId: isRoot ? row.account_id : userUniqueId(row.canonical_id),
    tags: row.tags === null ? {} : tagsColumn.parse(JSON.parse(row.tags)),
    session: undefined,
    keyPolicy: null,
  };
}

/** The user with temporary credentials of its own: what it may, as long as the session lasts. */
export function userSessionIdentity(user: IamUserRow, session: StsSessionRow): UserIdentity {
  const identity = identityOf(user, session.access_key_id);
  return { ...identity, session: { kind: 'user', facts: sessionFacts(session) } };
}

/** A session of a role: what the role's policies say, on behalf of who made the role. */
export function roleSessionIdentity(owner: IamUserRow, role: IamRoleRow, session: StsSessionRow): UserIdentity {
  return {
    ...identityOf(owner, session.access_key_id),
    role: 'none',
    tags: role.tags === null ? {} : tagsColumn.parse(JSON.parse(role.tags)),
    accountId: role.account_id,
    arn: sessionArn(role.account_id, role.name, session.name),
    uniqueId: `${role.unique_id}:${session.name}`,
    session: {
      kind: 'role',
      roleId: role.id,
      roleName: role.name,
      roleArn: roleArn(role.account_id, role.path, role.name),
      roleUniqueId: role.unique_id,
      name: session.name,
      facts: sessionFacts(session),
    },
  };
}

const textsColumn = z.array(z.string());

/** Throws where a column cannot be read: a session whose limits are unknown is none. */
function sessionFacts(row: StsSessionRow): SessionFacts {
  return {
    createdMs: row.created_ms,
    policies: row.policies === null ? [] : textsColumn.parse(JSON.parse(row.policies)),
    tags: row.tags === null ? {} : tagsColumn.parse(JSON.parse(row.tags)),
    transitiveTagKeys: row.transitive_tag_keys === null ? [] : textsColumn.parse(JSON.parse(row.transitive_tag_keys)),
    sourceIdentity: row.source_identity,
    issuingKeyId: row.issuing_key_id,
  };
}
