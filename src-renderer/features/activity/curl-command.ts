import type { SeenRequestView } from '../../../src-server/contract/activity.ts';

/** What a presigned URL adds; curl signs anew. */
const SIGNING = /^(?:X-Amz-(?!meta-)|Signature=|AWSAccessKeyId=|Expires=)/i;
const HIDDEN = '[redacted]';

/**
 * The request again, for a shell: path style, signed by curl with the key in the shell's environment. No secret is in it; a
 * parameter whose value was hidden is left out, a body is read from the file `body`.
 */
export function curlCommand(request: SeenRequestView, endpoint: string, region: string): string {
  const path = [request.bucket, request.key].flatMap((part) => (part === null ? [] : [encodePath(part)])).join('/');
  const query = request.query
    .split('&')
    .filter((pair) => pair !== '' && !SIGNING.test(pair) && !pair.endsWith(`=${HIDDEN}`))
    .join('&');
  const parts = [
    'curl --fail-with-body',
    `--aws-sigv4 ${quoted(`aws:amz:${region}:s3`)}`,
    '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    ...methodOptions(request),
    quoted(`${endpoint}/${path}${query === '' ? '' : `?${query}`}`),
  ];
  return parts.join(' ');
}

function methodOptions({ method, bytesIn }: SeenRequestView): string[] {
  if (method === 'GET') return [];
  if (method === 'HEAD') return ['--head'];
  if (bytesIn === 0) return [`--request ${quoted(method)}`];
  return method === 'PUT' ? ['--upload-file body'] : [`--request ${quoted(method)}`, '--data-binary @body'];
}

/** Each segment by itself, so that slashes stay. */
function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}

/** Taken by a POSIX shell as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
