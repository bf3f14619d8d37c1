import type { ShownVersion, VersionListing } from '../../../services/objects/list-object-versions.ts';
import { isoDate } from '../../http/dates.ts';
import { type NameEncoder, nameEncoder } from '../../http/url-encode.ts';
import { escapeXml } from '../escape.ts';
import { element, optionalElement, xmlDocument } from '../xml-writer.ts';
import { commonPrefixElements, listedObjectElements } from './listed-object.ts';
import { ownerXml } from './owner.ts';

export interface ListVersionsResult extends VersionListing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string;
  readonly versionIdMarker: string;
  readonly maxKeys: number;
  readonly encodingType: 'url' | undefined;
}

/** The answer of ListObjectVersions: versions and markers in one order, as they follow each other. */
export function listVersionsXml(result: ListVersionsResult): string {
  const encode = nameEncoder(result.encodingType);
  const { next } = result;
  let entries = '';
  for (const version of result.versions) entries += versionXml(version, encode);
  return xmlDocument(
    'ListVersionsResult',
    element('Name', result.bucket) +
      element('Prefix', encode(result.prefix)) +
      element('KeyMarker', encode(result.keyMarker)) +
      element('VersionIdMarker', result.versionIdMarker) +
      optionalElement('NextKeyMarker', next === undefined ? undefined : encode(next.keyMarker)) +
      optionalElement('NextVersionIdMarker', next?.versionIdMarker) +
      element('MaxKeys', result.maxKeys) +
      optionalElement('Delimiter', result.delimiter === '' ? undefined : encode(result.delimiter)) +
      optionalElement('EncodingType', result.encodingType) +
      element('IsTruncated', next !== undefined) +
      entries +
      commonPrefixElements(result.commonPrefixes, encode),
  );
}

function versionXml(version: ShownVersion, encode: NameEncoder): string {
  const names =
    `<Key>${escapeXml(encode(version.key))}</Key><VersionId>${version.versionId}</VersionId>` +
    `<IsLatest>${version.isLatest}</IsLatest>`;
  if (version.kind === 'version') return `<Version>${names}${listedObjectElements(version, true)}</Version>`;
  const facts = `<LastModified>${isoDate(version.modifiedMs)}</LastModified>${ownerXml(version.owner)}`;
  return `<DeleteMarker>${names}${facts}</DeleteMarker>`;
}
