import { Failure } from './failure.ts';
import { checkedHeaderValue } from './header-text.ts';

/** Headers that are stored with an object and sent with it again, beside Content-Type. */
export const SYSTEM_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
] as const;
export type SystemHeader = (typeof SYSTEM_HEADERS)[number];
export type SystemMetadata = Readonly<Partial<Record<SystemHeader, string>>>;

export interface ObjectHeaders {
  readonly contentType: string;
  /** Undefined where the request had none of them. */
  readonly system: SystemMetadata | undefined;
}

export const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';
const MAX_REDIRECT_BYTES = 2048;

/**
 * Takes the headers to be stored from a request.
 *
 * @param header value of a request header by lower-case name
 * @throws Failure InvalidArgument for a redirect location that is none, or a value that could not be sent back
 */
export function parseObjectHeaders(header: (name: string) => string | undefined): ObjectHeaders {
  let system: Partial<Record<SystemHeader, string>> | undefined;
  for (const name of SYSTEM_HEADERS) {
    const value = storedValue(name, header(name));
    if (value === undefined || value === '') continue;
    system ??= {};
    system[name] = checkedHeaderValue(name, value);
  }
  const contentType = header('content-type');
  return {
    contentType:
      contentType === undefined || contentType === ''
        ? DEFAULT_CONTENT_TYPE
        : checkedHeaderValue('content-type', contentType),
    system,
  };
}

function storedValue(name: SystemHeader, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (name === 'content-encoding') return withoutAwsChunked(value);
  if (name === 'x-amz-website-redirect-location') return checkedRedirect(value);
  return value;
}

/** `aws-chunked` names the framing of the upload, not of the object (AWS: "Transferring payload in multiple chunks"). */
function withoutAwsChunked(value: string): string {
  if (!value.toLowerCase().includes('aws-chunked')) return value;
  const kept = value.split(',').filter((coding) => coding.trim().toLowerCase() !== 'aws-chunked');
  return kept.map((coding) => coding.trim()).join(',');
}

function checkedRedirect(value: string): string {
  if (!/^(?:\/|https?:\/\/)/.test(value)) {
    throw new Failure(
      'InvalidRedirectLocation',
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    );
  }
  if (Buffer.byteLength(value) > MAX_REDIRECT_BYTES) {
    throw new Failure(
      'InvalidRedirectLocation',
      'The length of website redirect location cannot exceed 2,048 characters.',
    );
  }
  return value;
}
