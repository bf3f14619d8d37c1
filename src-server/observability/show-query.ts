/**
 * Parameters of S3 whose values say what was asked for (API reference, and those of presigned URLs that are no secret).
 * The value of any other one is hidden: what an application calls its own token nobody can know.
 */
const SHOWN = new Set([
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'list-type',
  'marker',
  'max-buckets',
  'max-keys',
  'max-parts',
  'max-uploads',
  'partnumber',
  'part-number-marker',
  'prefix',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'start-after',
  'upload-id-marker',
  'uploadid',
  'version-id-marker',
  'versionid',
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-id',
]);

const HIDDEN = '[redacted]';

/** A query string, without `?`, that may be shown: names as they came, values only where they cannot be a secret. */
export function showQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at === -1 || at === pair.length - 1) return pair;
      const name = pair.slice(0, at);
      return SHOWN.has(name.toLowerCase()) ? pair : `${name}=${HIDDEN}`;
    })
    .join('&');
}
