import { type ChecksumAlgorithm, checksumElement, type StoredChecksum } from '../../../domain/checksum.ts';
import type { ETag } from '../../../domain/ids.ts';
import { element, optionalElement, wrap, xmlDocument } from '../xml-writer.ts';
import { checksumElements } from './checksum.ts';

/** Undefined: not asked for, or nothing to show. */
export interface GetObjectAttributesResponse {
  readonly etag: ETag | undefined;
  readonly checksum: StoredChecksum | undefined;
  readonly objectParts: ObjectParts | undefined;
  readonly storageClass: string | undefined;
  readonly sizeBytes: number | undefined;
}

export interface ObjectParts {
  readonly count: number;
  /** Undefined where parts are only counted. */
  readonly page:
    | {
        readonly after: number;
        readonly limit: number;
        readonly isTruncated: boolean;
        readonly algorithm: ChecksumAlgorithm;
        readonly parts: readonly {
          readonly part_number: number;
          readonly size: number;
          readonly checksum: string | null;
        }[];
      }
    | undefined;
}

/** The answer of GetObjectAttributes. The ETag has no quotes here, on AWS neither. */
export function getObjectAttributesXml(response: GetObjectAttributesResponse): string {
  const { checksum, objectParts } = response;
  return xmlDocument(
    'GetObjectAttributesResponse',
    optionalElement('ETag', response.etag) +
      (checksum === undefined ? '' : wrap('Checksum', checksumElements(checksum))) +
      (objectParts === undefined ? '' : wrap('ObjectParts', partElements(objectParts))) +
      optionalElement('StorageClass', response.storageClass) +
      optionalElement('ObjectSize', response.sizeBytes),
  );
}

function partElements({ count, page }: ObjectParts): string {
  if (page === undefined) return element('PartsCount', count);
  const parts = page.parts.map((part) =>
    wrap(
      'Part',
      (part.checksum === null ? '' : element(checksumElement(page.algorithm), part.checksum)) +
        element('PartNumber', part.part_number) +
        element('Size', part.size),
    ),
  );
  return (
    element('IsTruncated', page.isTruncated) +
    element('MaxParts', page.limit) +
    element('NextPartNumberMarker', page.parts.at(-1)?.part_number ?? 0) +
    element('PartNumberMarker', page.after) +
    parts.join('') +
    element('PartsCount', count)
  );
}
