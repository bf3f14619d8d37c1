import * as z from 'zod';

export const ACL_PERMISSIONS = ['FULL_CONTROL', 'READ', 'READ_ACP', 'WRITE', 'WRITE_ACP'] as const;
export type AclPermission = (typeof ACL_PERMISSIONS)[number];

/** Groups that an ACL can name, and how (AmazonS3/latest/userguide/acl-overview, "Amazon S3 predefined groups"). */
export const ACL_GROUP_URIS = {
  AllUsers: 'http://acs.amazonaws.com/groups/global/AllUsers',
  AuthenticatedUsers: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
  LogDelivery: 'http://acs.amazonaws.com/groups/s3/LogDelivery',
} as const;
export type AclGroup = keyof typeof ACL_GROUP_URIS;

export type Grantee =
  | { readonly kind: 'user'; readonly canonicalId: string }
  | { readonly kind: 'group'; readonly group: AclGroup };

export interface Grant {
  readonly grantee: Grantee;
  readonly permission: AclPermission;
}
export type Acl = readonly Grant[];

export const CANNED_ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
] as const;
export type CannedAcl = (typeof CANNED_ACLS)[number];

/** Who an ACL is written for. */
export interface AclOwners {
  /** Of the bucket or object that has the ACL. */
  readonly ownerId: string;
  readonly bucketOwnerId: string;
}

const aclColumn = z.array(
  z.strictObject({
    grantee: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('user'), canonicalId: z.string() }),
      z.strictObject({ kind: z.literal('group'), group: z.enum(['AllUsers', 'AuthenticatedUsers', 'LogDelivery']) }),
    ]),
    permission: z.enum(ACL_PERMISSIONS),
  }),
);

/** As the columns `acl` hold it. */
export function formatAcl(acl: Acl): string {
  return JSON.stringify(acl);
}

/** Reads a column; without one the owner has full control. Throws ZodError for what `formatAcl` did not write: nothing is granted by a guess. */
export function readAcl(column: string | null | undefined, ownerId: string): Acl {
  return column === null || column === undefined ? [fullControl(ownerId)] : aclColumn.parse(JSON.parse(column));
}

function fullControl(canonicalId: string): Grant {
  return { grantee: { kind: 'user', canonicalId }, permission: 'FULL_CONTROL' };
}

function toGroup(group: AclGroup, permission: AclPermission): Grant {
  return { grantee: { kind: 'group', group }, permission };
}

/** What a canned ACL grants beside the owner's full control (user guide, "Canned ACL"). */
export function cannedAcl(name: CannedAcl, { ownerId, bucketOwnerId }: AclOwners): Acl {
  const owner = fullControl(ownerId);
  const bucketOwner: Grantee = { kind: 'user', canonicalId: bucketOwnerId };
  switch (name) {
    case 'private':
    // Grants EC2, which nobody here is.
    case 'aws-exec-read':
      return [owner];
    case 'public-read':
      return [owner, toGroup('AllUsers', 'READ')];
    case 'public-read-write':
      return [owner, toGroup('AllUsers', 'READ'), toGroup('AllUsers', 'WRITE')];
    case 'authenticated-read':
      return [owner, toGroup('AuthenticatedUsers', 'READ')];
    case 'bucket-owner-read':
      return ownerId === bucketOwnerId ? [owner] : [owner, { grantee: bucketOwner, permission: 'READ' }];
    case 'bucket-owner-full-control':
      return ownerId === bucketOwnerId ? [owner] : [owner, fullControl(bucketOwnerId)];
    case 'log-delivery-write':
      return [owner, toGroup('LogDelivery', 'WRITE'), toGroup('LogDelivery', 'READ_ACP')];
  }
}

/** Does it grant anything to people it does not name? */
export function isPublicAcl(acl: Acl): boolean {
  return acl.some(isPublicGrant);
}

function isPublicGrant({ grantee }: Grant): boolean {
  return grantee.kind === 'group' && grantee.group !== 'LogDelivery';
}

/** Who asks, as an ACL sees it. */
export interface AclPrincipal {
  /** Undefined: nobody signed. */
  readonly canonicalId: string | undefined;
  /** Grants to this very id count for it, beside those to groups. */
  readonly countsAsItself: boolean;
}

/** Does the ACL give this permission? Full control gives all. */
export function aclGives(acl: Acl, permission: AclPermission, who: AclPrincipal, ignoresPublic: boolean): boolean {
  return acl.some((grant) => {
    if (grant.permission !== permission && grant.permission !== 'FULL_CONTROL') return false;
    if (ignoresPublic && isPublicGrant(grant)) return false;
    const { grantee } = grant;
    if (grantee.kind === 'user') return who.countsAsItself && grantee.canonicalId === who.canonicalId;
    return grantee.group === 'AllUsers' || (grantee.group === 'AuthenticatedUsers' && who.canonicalId !== undefined);
  });
}
