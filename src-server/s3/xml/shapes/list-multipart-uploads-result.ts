import type { ChecksumPlan } from '../../../domain/checksum.ts';
import { isoDate } from '../../http/dates.ts';
import type { NameEncoder } from '../../http/url-encode.ts';
import { element, optionalElement, wrap, xmlDocument } from '../xml-writer.ts';
import { checksumPlanElements } from './checksum.ts';
import { initiatorXml, type ShownInitiator } from './initiator.ts';
import { ownerXml, type ShownUser } from './owner.ts';

export interface ListMultipartUploadsResult {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly keyMarker: string;
  readonly uploadIdMarker: string;
  readonly nextKeyMarker: string | undefined;
  readonly nextUploadIdMarker: string | undefined;
  readonly maxUploads: number;
  readonly isTruncated: boolean;
  readonly encodingType: 'url' | undefined;
  readonly commonPrefixes: readonly string[];
  readonly uploads: readonly {
    readonly key: string;
    readonly uploadId: string;
    readonly initiator: ShownInitiator;
    readonly owner: ShownUser;
    readonly storageClass: string;
    readonly initiatedMs: number;
    readonly checksumPlan: ChecksumPlan | undefined;
  }[];
}

/**
 * The answer of ListMultipartUploads.
 *
 * @param encode how keys, prefixes, markers and delimiter are shown
 */
export function listMultipartUploadsXml(result: ListMultipartUploadsResult, encode: NameEncoder): string {
  const name = (value: string | undefined) => (value === undefined ? undefined : encode(value));
  const uploads = result.uploads.map((upload) =>
    wrap(
      'Upload',
      element('Key', encode(upload.key)) +
        element('UploadId', upload.uploadId) +
        initiatorXml(upload.initiator) +
        ownerXml(upload.owner) +
        element('StorageClass', upload.storageClass) +
        element('Initiated', isoDate(upload.initiatedMs)) +
        checksumPlanElements(upload.checksumPlan),
    ),
  );
  const prefixes = result.commonPrefixes.map((prefix) => wrap('CommonPrefixes', element('Prefix', encode(prefix))));
  return xmlDocument(
    'ListMultipartUploadsResult',
    element('Bucket', result.bucket) +
      element('KeyMarker', encode(result.keyMarker)) +
      element('UploadIdMarker', result.uploadIdMarker) +
      optionalElement('NextKeyMarker', name(result.nextKeyMarker)) +
      optionalElement('NextUploadIdMarker', result.nextUploadIdMarker) +
      element('Prefix', encode(result.prefix)) +
      optionalElement('Delimiter', name(result.delimiter)) +
      element('MaxUploads', result.maxUploads) +
      optionalElement('EncodingType', result.encodingType) +
      element('IsTruncated', result.isTruncated) +
      uploads.join('') +
      prefixes.join(''),
  );
}
