import { element, xmlDocument } from '../xml-writer.ts';

/** The answer of CreateMultipartUpload. */
export function initiateMultipartUploadXml(upload: {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}): string {
  return xmlDocument(
    'InitiateMultipartUploadResult',
    element('Bucket', upload.bucket) + element('Key', upload.key) + element('UploadId', upload.uploadId),
  );
}
