import type { StoredChecksum } from '../../../domain/checksum.ts';
import { element, xmlDocument } from '../xml-writer.ts';
import { checksumElements } from './checksum.ts';

/** The answer of CompleteMultipartUpload. `etag` with its quotes. */
export function completeMultipartUploadXml(result: {
  readonly location: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly checksum: StoredChecksum;
}): string {
  return xmlDocument(
    'CompleteMultipartUploadResult',
    element('Location', result.location) +
      element('Bucket', result.bucket) +
      element('Key', result.key) +
      element('ETag', result.etag) +
      checksumElements(result.checksum),
  );
}
