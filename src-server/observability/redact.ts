/** Field names whose values never reach a log, wherever they stand in a structure. */
const SECRET_FIELD =
  /authorization|secret|password|passwd|token|signature|cookie|credential|customer-key|private-?key|master-?key|data-?key|^key$|envelope/i;
/** Fields that match above and are no secrets. */
const HARMLESS = new Set(['keyCount', 'accessKeyId']);
/** Credentials that a presigned URL or a POST form carries in its query. */
const SECRET_QUERY = /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|Signature|AWSAccessKeyId)=)[^&\s"']*/gi;
/** To the end of the value: a quote, or of the line. */
const SECRET_HEADER = /\b((?:proxy-)?authorization|(?:set-)?cookie)(\\*["']?\s*[:=]\s*\\*["']?)[^"'\\\r\n]+/gi;
const SCHEME = /\b(Bearer|Basic) [\w.~+/=-]{8,}/g;
const SECRET_NAME =
  '(?:secret|password|passwd|token|signature|credential|private-?key|master-?key|data-?key)[\\w-]{0,40}';
const QUOTED_SECRET = new RegExp(`(${SECRET_NAME}\\\\*["']?\\s*[:=]\\s*\\\\*["'])[^"'\\\\\\r\\n]+`, 'gi');
const NAMED_SECRET = new RegExp(`(${SECRET_NAME}["']?\\s*[:=]\\s*)[^\\s"'\\\\,;&[\\]{}]+`, 'gi');
/** Of shares, their downloads, and content that a page shows. */
const LINK_TOKEN = /(\/(?:s|d|content(?:\/zips)?)\/)[\w-]{16,}/g;
const MAX_DEPTH = 6;
const REDACTED = '[redacted]';

/**
 * The one redactor of logs: a copy of `value` with secret fields replaced, at any depth, and credentials cut out of URLs
 * in strings. Cycles and depth end it; bytes are named by their length only.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item: unknown) => redact(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactField(name, item, depth)]));
}

/**
 * Cuts out of a text what is a secret by its place: credentials in URLs, headers that authenticate, what stands behind a
 * secret's name and a colon or equals sign, and the tokens of links.
 */
export function redactText(text: string): string {
  return text
    .replaceAll(SECRET_QUERY, `$1${REDACTED}`)
    .replaceAll(SECRET_HEADER, `$1$2${REDACTED}`)
    .replaceAll(SCHEME, `$1 ${REDACTED}`)
    .replaceAll(QUOTED_SECRET, `$1${REDACTED}`)
    .replaceAll(NAMED_SECRET, `$1${REDACTED}`)
    .replaceAll(LINK_TOKEN, `$1${REDACTED}`);
}

function redactField(name: string, item: unknown, depth: number): unknown {
  if (SECRET_FIELD.test(name) && !HARMLESS.has(name)) return item === undefined || item === null ? item : REDACTED;
  return redact(item, depth + 1);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(error).map(([name, item]) => [name, redactField(name, item, depth)]));
  const cause = error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) };
  return {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...own,
    ...cause,
  };
}
