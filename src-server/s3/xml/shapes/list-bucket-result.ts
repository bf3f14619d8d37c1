import type { ObjectListing } from '../../../services/objects/list-objects.ts';
import { nameEncoder } from '../../http/url-encode.ts';
import { escapeXml } from '../escape.ts';
import { element, optionalElement, xmlDocument } from '../xml-writer.ts';
import { commonPrefixElements, listedObjectElements } from './listed-object.ts';

interface ListBucketCommon extends ObjectListing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly encodingType: 'url' | undefined;
}

export interface ListBucketResultV1 extends ListBucketCommon {
  readonly marker: string;
}

/** The answer of ListObjects. AWS tells where the next page begins only where there is a delimiter. */
export function listBucketV1Xml(result: ListBucketResultV1): string {
  const encode = nameEncoder(result.encodingType);
  const nextMarker = result.delimiter === '' ? undefined : result.next;
  return xmlDocument(
    'ListBucketResult',
    element('Name', result.bucket) +
      element('Prefix', encode(result.prefix)) +
      element('Marker', encode(result.marker)) +
      optionalElement('NextMarker', nextMarker === undefined ? undefined : encode(nextMarker)) +
      commonElements(result) +
      contents(result, true),
  );
}

export interface ListBucketResultV2 extends ListBucketCommon {
  readonly continuationToken: string | undefined;
  readonly nextContinuationToken: string | undefined;
  readonly startAfter: string | undefined;
  readonly withOwner: boolean;
}

/** The answer of ListObjectsV2. */
export function listBucketV2Xml(result: ListBucketResultV2): string {
  const encode = nameEncoder(result.encodingType);
  const { startAfter } = result;
  return xmlDocument(
    'ListBucketResult',
    element('Name', result.bucket) +
      element('Prefix', encode(result.prefix)) +
      optionalElement('ContinuationToken', result.continuationToken) +
      optionalElement('NextContinuationToken', result.nextContinuationToken) +
      optionalElement('StartAfter', startAfter === undefined ? undefined : encode(startAfter)) +
      element('KeyCount', result.objects.length + result.commonPrefixes.length) +
      commonElements(result) +
      contents(result, result.withOwner),
  );
}

function commonElements(result: ListBucketCommon): string {
  const encode = nameEncoder(result.encodingType);
  return (
    element('MaxKeys', result.maxKeys) +
    optionalElement('Delimiter', result.delimiter === '' ? undefined : encode(result.delimiter)) +
    optionalElement('EncodingType', result.encodingType) +
    element('IsTruncated', result.next !== undefined)
  );
}

function contents(result: ListBucketCommon, withOwner: boolean): string {
  const encode = nameEncoder(result.encodingType);
  let xml = '';
  for (const object of result.objects) {
    xml += `<Contents><Key>${escapeXml(encode(object.key))}</Key>${listedObjectElements(object, withOwner)}</Contents>`;
  }
  return xml + commonPrefixElements(result.commonPrefixes, encode);
}
