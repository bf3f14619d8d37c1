import type { Tag } from '../../domain/bucket-settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { ObjectHeaders, SystemMetadata } from '../../domain/object-headers.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';
import type { ObjectAttributes } from './object-attributes.ts';
import type { StoredObject } from './stored-object.ts';

/** What a copy takes from its source and what from its request (AWS: CopyObject). Undefined: from the source. */
export interface CopyDirectives {
  readonly metadata: { readonly headers: ObjectHeaders; readonly userMetadata: UserMetadata | undefined } | undefined;
  readonly tags: { readonly list: readonly Tag[] | undefined } | undefined;
  /** Never taken from the source. */
  readonly redirectLocation: string | undefined;
}

/** The attributes of a copy. */
export function copiedAttributes(
  source: StoredObject,
  directives: CopyDirectives,
): Pick<ObjectAttributes, 'headers' | 'userMetadata' | 'tags'> {
  const { metadata, tags, redirectLocation } = directives;
  const headers = metadata?.headers ?? { contentType: source.contentType, system: source.system };
  return {
    headers: { contentType: headers.contentType, system: withRedirect(headers.system, redirectLocation) },
    userMetadata: metadata === undefined ? source.userMetadata : metadata.userMetadata,
    tags: tags === undefined ? source.tags : tags.list,
  };
}

function withRedirect(system: SystemMetadata | undefined, location: string | undefined): SystemMetadata | undefined {
  const { 'x-amz-website-redirect-location': _, ...kept } = system ?? {};
  const all = location === undefined ? kept : { ...kept, 'x-amz-website-redirect-location': location };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** A copy onto itself must change something beside the bytes. */
export function copyChangesNothing(): Failure {
  return new Failure(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
