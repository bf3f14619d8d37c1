import type { ObjectOwnership } from '../../domain/bucket-settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { S3Request } from '../operation.ts';
import { XML_LIMITS } from '../xml/limits.ts';
import { isOwnerOnly, parseAccessControlPolicy } from '../xml/shapes/access-control-policy.ts';

export interface AclScene {
  /** The request had an `x-amz-acl` that was checked. */
  readonly hasCannedAcl: boolean;
  readonly ownerCanonicalId: string;
  readonly ownership: ObjectOwnership | undefined;
}

/**
 * Accepts a request that sets the ACL which everything has: the owner has full control. By header or by document, not
 * both. Throws MissingSecurityHeader, UnexpectedContent, MalformedACLError; for any other ACL
 * AccessControlListNotSupported where ACLs are off, else NotImplemented.
 */
export async function acceptOwnerOnlyAcl(request: Pick<S3Request, 'body'>, scene: AclScene): Promise<void> {
  const bytes = await request.body.readAll(XML_LIMITS.configuration.maxBytes);
  if (scene.hasCannedAcl) {
    if (bytes.length > 0) throw new Failure('UnexpectedContent');
    return;
  }
  if (bytes.length === 0) {
    throw new Failure('MissingSecurityHeader', undefined, { fields: { MissingHeaderName: 'x-amz-acl' } });
  }
  if (isOwnerOnly(parseAccessControlPolicy(bytes), scene.ownerCanonicalId)) return;
  if (scene.ownership === 'BucketOwnerEnforced') throw new Failure('AccessControlListNotSupported');
  throw new Failure('NotImplemented', 'Only the default ACL is implemented: the owner has full control');
}
