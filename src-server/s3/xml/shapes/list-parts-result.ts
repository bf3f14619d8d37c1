import { type ChecksumPlan, checksumElement } from '../../../domain/checksum.ts';
import { quoteETag } from '../../../domain/etag.ts';
import type { ETag } from '../../../domain/ids.ts';
import { isoDate } from '../../http/dates.ts';
import { element, optionalElement, wrap, xmlDocument } from '../xml-writer.ts';
import { checksumPlanElements } from './checksum.ts';
import { initiatorXml, type ShownInitiator } from './initiator.ts';
import { ownerXml, type ShownUser } from './owner.ts';

export interface ListPartsResult {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly initiator: ShownInitiator;
  readonly owner: ShownUser;
  readonly storageClass: string;
  readonly partNumberMarker: number;
  readonly nextPartNumberMarker: number | undefined;
  readonly maxParts: number;
  readonly isTruncated: boolean;
  /** Undefined where the client chose no checksum: then AWS shows none of the parts'. */
  readonly checksumPlan: ChecksumPlan | undefined;
  readonly parts: readonly {
    readonly partNumber: number;
    readonly modifiedMs: number;
    readonly etag: ETag;
    readonly sizeBytes: number;
    readonly checksum: string;
  }[];
}

/** The answer of ListParts. */
export function listPartsXml(result: ListPartsResult): string {
  const { checksumPlan } = result;
  const parts = result.parts.map((part) =>
    wrap(
      'Part',
      element('PartNumber', part.partNumber) +
        element('LastModified', isoDate(part.modifiedMs)) +
        element('ETag', quoteETag(part.etag)) +
        element('Size', part.sizeBytes) +
        (checksumPlan === undefined ? '' : element(checksumElement(checksumPlan.algorithm), part.checksum)),
    ),
  );
  return xmlDocument(
    'ListPartsResult',
    element('Bucket', result.bucket) +
      element('Key', result.key) +
      element('UploadId', result.uploadId) +
      element('PartNumberMarker', result.partNumberMarker) +
      optionalElement('NextPartNumberMarker', result.nextPartNumberMarker) +
      element('MaxParts', result.maxParts) +
      element('IsTruncated', result.isTruncated) +
      parts.join('') +
      initiatorXml(result.initiator) +
      ownerXml(result.owner) +
      element('StorageClass', result.storageClass) +
      checksumPlanElements(checksumPlan),
  );
}
