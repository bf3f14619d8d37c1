import { element, plainXmlDocument } from '../xml-writer.ts';

/** The answer of PostObject with `success_action_status` 201. `etag` with its quotes. */
export function postResponseXml(result: {
  readonly location: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
}): string {
  return plainXmlDocument(
    'PostResponse',
    element('Location', result.location) +
      element('Bucket', result.bucket) +
      element('Key', result.key) +
      element('ETag', result.etag),
  );
}
