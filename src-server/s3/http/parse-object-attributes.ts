import type { RequestedLock } from '../../domain/lock.ts';
import { parseObjectHeaders } from '../../domain/object-headers.ts';
import { parseStorageClass } from '../../domain/storage-class.ts';
import { parseTaggingHeader } from '../../domain/tags.ts';
import { parseUserMetadata } from '../../domain/user-metadata.ts';
import type { ObjectAttributes } from '../../services/objects/object-attributes.ts';
import { aclOfHeaders } from './requested-acl.ts';

/** Where attributes are read from: a request's headers, or the fields of a form under the same names. */
export interface AttributeSource {
  header(name: string): string | undefined;
  headersWithPrefix(prefix: string): ReadonlyMap<string, string>;
}

/**
 * Reads what PutObject, CreateMultipartUpload and PostObject fix of an object beside its bytes. Header rules have already
 * refused what this version does not do; the lock is `requestedLock`'s.
 *
 * @throws Failure InvalidArgument, InvalidTag, BadRequest, MetadataTooLarge, InvalidStorageClass, InvalidRedirectLocation
 */
export function parseObjectAttributes(source: AttributeSource, lock: RequestedLock): ObjectAttributes {
  const tagging = source.header('x-amz-tagging');
  return {
    headers: parseObjectHeaders((name) => source.header(name)),
    userMetadata: parseUserMetadata(source.headersWithPrefix('x-amz-meta-')),
    tags: tagging === undefined ? undefined : parseTaggingHeader(tagging),
    storageClass: parseStorageClass(source.header('x-amz-storage-class')),
    encryption: parseEncryption(source),
    lock,
    acl: aclOfHeaders(source),
  };
}

/** `x-amz-server-side-encryption`, of which the header rules let pass AES256 only. */
export function parseEncryption(source: Pick<AttributeSource, 'header'>): 'AES256' | undefined {
  return source.header('x-amz-server-side-encryption') === undefined ? undefined : 'AES256';
}
