import type { NewBucketDefaults } from '../../commands/support/provision-bucket.ts';
import type { ObjectOwnership, Tag } from '../../domain/bucket-settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { aclColumnFor, type RequestedAcl } from '../access/requested-acl.ts';
import { requireUser } from '../access/require-user.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { tellOfChange } from './bucket-change.ts';
import { newBucketDefaults } from './new-bucket-defaults.ts';
import type { Bucket } from './require-bucket.ts';

export interface CreateBucketRequest {
  readonly name: BucketName;
  /** As the client spelled it; null where it named none. */
  readonly location: string | null;
  /** Left out: the default. */
  readonly acl?: RequestedAcl | undefined;
  /** Left out: as the settings say. */
  readonly ownership?: ObjectOwnership | undefined;
  readonly tags: readonly Tag[];
  /** From the first object on; left out: never was. */
  readonly versioning?: 'Off' | 'Enabled';
  readonly cors?: Bucket['cors'];
  readonly encryption?: Bucket['encryption'];
  /** Turns versioning on as well, for good. */
  readonly objectLock?: Bucket['objectLock'];
  /** Veeam's Smart Object Storage API. */
  readonly speaksSosapi?: boolean;
}

/** Makes a bucket that the caller owns. Throws BucketAlreadyOwnedByYou, BucketAlreadyExists, AccessDenied, and for an ACL what AWS refuses. */
export async function createBucket(
  context: ServiceContext,
  identity: Identity,
  request: CreateBucketRequest,
): Promise<void> {
  const { userId, accountId, canonicalId } = requireUser(identity);
  const defaults = newBucketDefaults(context.config);
  const ownership = request.ownership ?? defaults.ownership;
  const acl = await aclOfNew(context, canonicalId, { ...defaults, ownership }, request.acl);
  await context.engine.submit('create-bucket', {
    name: request.name,
    ownerId: userId,
    location: request.location,
    ownership,
    publicAccessBlock: defaults.publicAccessBlock,
    acl,
    tags: request.tags.length === 0 ? undefined : request.tags,
    versioning: request.versioning ?? 'Off',
    cors: request.cors,
    encryption: request.encryption,
    objectLock: request.objectLock,
    speaksSosapi: request.speaksSosapi ?? false,
    nowMs: context.now(),
  });
  tellOfChange(context, { name: request.name, ownerId: userId, ownerAccountId: accountId });
}

/** AWS has codes of its own for an ACL that a new bucket cannot have. */
async function aclOfNew(
  context: ServiceContext,
  canonicalId: string,
  { ownership, publicAccessBlock }: NewBucketDefaults,
  requested: RequestedAcl | undefined,
): Promise<string | undefined> {
  if (requested === undefined || (requested.kind === 'canned' && requested.name === 'private')) return undefined;
  if (ownership === 'BucketOwnerEnforced') throw new Failure('InvalidBucketAclWithObjectOwnership');
  const bucket = { ownership, publicAccessBlock, ownerCanonicalId: canonicalId };
  return (await aclColumnFor(context, bucket, canonicalId, requested)) ?? undefined;
}
