import { findUserById, type IamUserRow } from '../../db/tables/iam-user.ts';
import { findVersion, type VersionRow } from '../../db/tables/object-version.ts';
import { type AclPermission, type AclPrincipal, aclGives, readAcl } from '../../domain/acl.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { AccessQuestion } from './decide-access.ts';

/** What ACLs have to say of a question. */
export interface AclFacts {
  readonly allows: boolean;
  /** The object belongs to another account than its bucket: that account decides who reads it, not the bucket's. */
  readonly foreignOwner: { readonly ownerId: UserId; readonly ownerAccountId: string } | undefined;
}

const SILENT: AclFacts = { allows: false, foreignOwner: undefined };

/** Permissions of a bucket's ACL, as actions (user guide, "Mapping of ACL permissions and access policy permissions"). */
const ON_BUCKET: ReadonlyMap<string, AclPermission> = new Map([
  ['s3:ListBucket', 'READ'],
  ['s3:ListBucketMultipartUploads', 'READ'],
  ['s3:ListBucketVersions', 'READ'],
  ['s3:PutObject', 'WRITE'],
  ['s3:GetBucketAcl', 'READ_ACP'],
  ['s3:PutBucketAcl', 'WRITE_ACP'],
]);
/** Of an object's. Undefined: the owner's account only. */
const ON_OBJECT: ReadonlyMap<string, AclPermission | undefined> = new Map([
  ['s3:GetObject', 'READ'],
  ['s3:GetObjectVersion', 'READ'],
  ['s3:GetObjectTorrent', 'READ'],
  ['s3:GetObjectVersionTorrent', 'READ'],
  ['s3:GetObjectAttributes', 'READ'],
  ['s3:GetObjectVersionAttributes', 'READ'],
  ['s3:GetObjectAcl', 'READ_ACP'],
  ['s3:GetObjectVersionAcl', 'READ_ACP'],
  ['s3:PutObjectAcl', 'WRITE_ACP'],
  ['s3:PutObjectVersionAcl', 'WRITE_ACP'],
  ['s3:GetObjectTagging', undefined],
  ['s3:GetObjectVersionTagging', undefined],
  ['s3:PutObjectTagging', undefined],
  ['s3:PutObjectVersionTagging', undefined],
  ['s3:DeleteObjectTagging', undefined],
  ['s3:DeleteObjectVersionTagging', undefined],
]);
const DELETES: ReadonlySet<string> = new Set(['s3:DeleteObject', 's3:DeleteObjectVersion']);

/** Asks the ACLs, where they count: the object's is loaded only then. */
export async function aclFacts(
  context: ServiceContext,
  question: AccessQuestion,
  bucket: Bucket | undefined,
): Promise<AclFacts> {
  if (bucket === undefined || bucket.ownership === 'BucketOwnerEnforced') return SILENT;
  const { iamAction, key, isForNew = false } = question;
  // Who may write an object may say who reads it.
  if (isForNew) return iamAction === 's3:PutObjectAcl' ? ofBucket(question, bucket, 'WRITE') : SILENT;
  const permission = ON_BUCKET.get(iamAction);
  if (permission !== undefined) return ofBucket(question, bucket, permission);
  if (key === undefined) return SILENT;
  if (DELETES.has(iamAction)) return ofDelete(context, question, bucket);
  return ON_OBJECT.has(iamAction) ? ofObject(context, question, bucket) : SILENT;
}

function ofBucket(question: AccessQuestion, bucket: Bucket, permission: AclPermission): AclFacts {
  const acl = readAcl(bucket.acl, bucket.ownerCanonicalId);
  const who = principalOf(question, bucket.ownerAccountId, bucket.ownerCanonicalId);
  return { allows: aclGives(acl, permission, who, ignoresPublic(bucket)), foreignOwner: undefined };
}

/** AWS: who may write deletes and overwrites what is theirs. */
async function ofDelete(context: ServiceContext, question: AccessQuestion, bucket: Bucket): Promise<AclFacts> {
  const { identity } = question;
  const facts = ofBucket(question, bucket, 'WRITE');
  if (!facts.allows || identity.kind === 'anonymous') return SILENT;
  const { version } = await load(context, question, bucket);
  return version?.owner_id === identity.userId ? facts : SILENT;
}

async function ofObject(context: ServiceContext, question: AccessQuestion, bucket: Bucket): Promise<AclFacts> {
  const permission = ON_OBJECT.get(question.iamAction);
  const { version, owner } = await load(context, question, bucket);
  // That there is nothing is told to who may list it; nobody reads anything by that.
  if (version === undefined || version.is_marker === 1) {
    return permission === 'READ' ? ofBucket(question, bucket, 'READ') : SILENT;
  }
  const accountId = owner?.account_id ?? bucket.ownerAccountId;
  const canonicalId = owner?.canonical_id ?? bucket.ownerCanonicalId;
  const isForeign = owner !== undefined && accountId !== bucket.ownerAccountId;
  const who = principalOf(question, accountId, canonicalId);
  const acl = readAcl(version.acl, canonicalId);
  return {
    allows: permission !== undefined && aclGives(acl, permission, who, ignoresPublic(bucket)),
    foreignOwner: isForeign ? { ownerId: owner.id, ownerAccountId: accountId } : undefined,
  };
}

/**
 * What an owner may with their own, their role and policies say: the ACL's grant to them lifts no limit of theirs. Nor does a grant to
 * who made a role speak for its sessions inside of the account.
 */
function principalOf({ identity }: AccessQuestion, accountId: string, ownerCanonicalId: string): AclPrincipal {
  if (identity.kind === 'anonymous') return { canonicalId: undefined, countsAsItself: false };
  const { canonicalId, session } = identity;
  const isWithin = identity.accountId === accountId && (session !== undefined || canonicalId === ownerCanonicalId);
  return { canonicalId, countsAsItself: !isWithin };
}

function ignoresPublic(bucket: Bucket): boolean {
  return bucket.publicAccessBlock?.ignorePublicAcls === true;
}

async function load(
  context: ServiceContext,
  { key, versionId }: AccessQuestion,
  bucket: Bucket,
): Promise<{ readonly version: VersionRow | undefined; readonly owner: IamUserRow | undefined }> {
  if (key === undefined) return { version: undefined, owner: undefined };
  return context.catalogue.read(async (tx) => {
    const version = await findVersion(tx, bucket.id, key, versionId);
    return { version, owner: version && (await findUserById(tx, version.owner_id)) };
  });
}
