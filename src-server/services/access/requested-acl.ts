import { findUserByCanonicalId, listUserIdsByEmail } from '../../db/tables/iam-user.ts';
import {
  ACL_GROUP_URIS,
  type AclOwners,
  type AclPermission,
  type CannedAcl,
  cannedAcl,
  formatAcl,
  type Grant,
  type Grantee,
  isPublicAcl,
} from '../../domain/acl.ts';
import { Failure } from '../../domain/failure.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

/** Somebody, as a request names them. */
export type RequestedGrantee =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'uri'; readonly uri: string };

/** An ACL as a request asks for it: by name, or grant by grant, which then are all there are. */
export type RequestedAcl =
  | { readonly kind: 'canned'; readonly name: CannedAcl }
  | {
      readonly kind: 'grants';
      /** Of the document; undefined where headers say it. */
      readonly ownerId: string | undefined;
      readonly grants: readonly { readonly grantee: RequestedGrantee; readonly permission: AclPermission }[];
    };

type AclBucket = Pick<Bucket, 'ownership' | 'publicAccessBlock' | 'ownerCanonicalId'>;

/**
 * What the column `acl` is to hold for a request; null: the default. Throws AccessControlListNotSupported where ACLs are off and another
 * than the default is asked for, AccessDenied for a public one under BlockPublicAcls or one that gives the thing to somebody else,
 * InvalidArgument, UnresolvableGrantByEmailAddress, AmbiguousGrantByEmailAddress.
 */
export async function aclColumnFor(
  context: ServiceContext,
  bucket: AclBucket,
  ownerId: string,
  requested: RequestedAcl | undefined,
): Promise<string | null> {
  if (requested === undefined) return null;
  const owners: AclOwners = { ownerId, bucketOwnerId: bucket.ownerCanonicalId };
  if (bucket.ownership === 'BucketOwnerEnforced') {
    if (isDefault(requested, owners)) return null;
    throw new Failure('AccessControlListNotSupported');
  }
  const acl =
    requested.kind === 'canned' ? cannedAcl(requested.name, owners) : await resolve(context, requested, ownerId);
  if (bucket.publicAccessBlock?.blockPublicAcls === true && isPublicAcl(acl)) {
    throw new Failure(
      'AccessDenied',
      'Public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.',
    );
  }
  return formatAcl(acl);
}

/** The owner of the bucket has full control, and nobody else anything: what everything has where ACLs are off. */
function isDefault(requested: RequestedAcl, { ownerId }: AclOwners): boolean {
  if (requested.kind === 'canned')
    return requested.name === 'bucket-owner-full-control' || requested.name === 'private';
  const [only, ...more] = requested.grants;
  if (requested.ownerId !== undefined && requested.ownerId !== ownerId) return false;
  return (
    more.length === 0 &&
    only?.permission === 'FULL_CONTROL' &&
    only.grantee.kind === 'id' &&
    only.grantee.id === ownerId
  );
}

async function resolve(
  context: ServiceContext,
  { grants, ownerId: named }: Extract<RequestedAcl, { kind: 'grants' }>,
  ownerId: string,
): Promise<Grant[]> {
  if (named !== undefined && named !== ownerId) throw new Failure('AccessDenied');
  const resolved: Grant[] = [];
  for (const { grantee, permission } of grants) {
    resolved.push({ grantee: await resolveGrantee(context, grantee), permission });
  }
  return resolved;
}

async function resolveGrantee(context: ServiceContext, grantee: RequestedGrantee): Promise<Grantee> {
  switch (grantee.kind) {
    case 'id': {
      const user = await context.catalogue.read((tx) => findUserByCanonicalId(tx, grantee.id));
      if (user === undefined) throw invalid('Invalid id', 'CanonicalUser/ID', grantee.id);
      return { kind: 'user', canonicalId: user.canonical_id };
    }
    case 'email': {
      const [found, other] = await context.catalogue.read((tx) => listUserIdsByEmail(tx, grantee.email));
      if (found === undefined) throw new Failure('UnresolvableGrantByEmailAddress');
      if (other !== undefined) throw new Failure('AmbiguousGrantByEmailAddress');
      return { kind: 'user', canonicalId: found };
    }
    case 'uri': {
      const group = (['AllUsers', 'AuthenticatedUsers', 'LogDelivery'] as const).find(
        (name) => ACL_GROUP_URIS[name] === grantee.uri,
      );
      if (group === undefined) throw invalid('Invalid group uri', 'Group/URI', grantee.uri);
      return { kind: 'group', group };
    }
  }
}

function invalid(message: string, name: string, value: string): Failure {
  return new Failure('InvalidArgument', message, {
    fields: { ArgumentName: name, ArgumentValue: value.slice(0, 1024) },
  });
}
