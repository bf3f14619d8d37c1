import { type ChecksumAlgorithm, checksumElement } from '../../../domain/checksum.ts';
import { isoDate } from '../../http/dates.ts';
import { element, xmlDocument } from '../xml-writer.ts';

/** The answer of UploadPartCopy. `etag` with its quotes. */
export function copyPartXml(part: {
  readonly etag: string;
  readonly modifiedMs: number;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}): string {
  const { checksum } = part;
  return xmlDocument(
    'CopyPartResult',
    element('LastModified', isoDate(part.modifiedMs)) +
      element('ETag', part.etag) +
      (checksum === undefined ? '' : element(checksumElement(checksum.algorithm), checksum.value)),
  );
}
