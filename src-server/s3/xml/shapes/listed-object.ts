import type { ShownObject } from '../../../services/objects/list-objects.ts';
import { isoDate } from '../../http/dates.ts';
import type { NameEncoder } from '../../http/url-encode.ts';
import { escapeXml } from '../escape.ts';
import { ownerXml } from './owner.ts';

/**
 * The children that an object has in every listing after its key, in AWS's order. One template: a page has a thousand, and
 * of these values only the owner's could need escaping.
 */
export function listedObjectElements(object: ShownObject, withOwner: boolean): string {
  const { checksum } = object;
  return (
    `<LastModified>${isoDate(object.modifiedMs)}</LastModified><ETag>&quot;${object.etag}&quot;</ETag>` +
    (checksum === undefined
      ? ''
      : `<ChecksumAlgorithm>${checksum.algorithm}</ChecksumAlgorithm><ChecksumType>${checksum.type}</ChecksumType>`) +
    `<Size>${object.sizeBytes}</Size>` +
    (withOwner ? ownerXml(object.owner) : '') +
    `<StorageClass>${object.storageClass}</StorageClass>`
  );
}

/** `CommonPrefixes`, one for each. */
export function commonPrefixElements(prefixes: readonly string[], encode: NameEncoder): string {
  let xml = '';
  for (const prefix of prefixes)
    xml += `<CommonPrefixes><Prefix>${escapeXml(encode(prefix))}</Prefix></CommonPrefixes>`;
  return xml;
}
