import type { StoredChecksum } from '../../../domain/checksum.ts';
import { quoteETag } from '../../../domain/etag.ts';
import type { ETag } from '../../../domain/ids.ts';
import { isoDate } from '../../http/dates.ts';
import { element, xmlDocument } from '../xml-writer.ts';
import { checksumElements } from './checksum.ts';

/** The answer of CopyObject. */
export function copyObjectXml(copy: {
  readonly etag: ETag;
  readonly modifiedMs: number;
  readonly checksum: StoredChecksum;
}): string {
  return xmlDocument(
    'CopyObjectResult',
    element('LastModified', isoDate(copy.modifiedMs)) +
      element('ETag', quoteETag(copy.etag)) +
      checksumElements(copy.checksum),
  );
}
