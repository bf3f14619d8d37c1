const UNRESERVED = /[^A-Za-z0-9\-._~/]/;
const UNRESERVED_NO_SLASH = /[^A-Za-z0-9\-._~]/;

/**
 * The value of a list answer under `encoding-type=url`: every byte of UTF-8 percent-encoded except unreserved characters
 * and `/`. A space is `%20`, which both kinds of decoder in the field understand.
 */
export function urlEncodeKeepingSlash(text: string): string {
  return UNRESERVED.test(text)
    ? encodeURIComponent(text)
        .replace(/%2F/g, '/')
        .replace(/[!'()*]/g, percent)
    : text;
}

/** RFC 3986 encoding of a query name or value, as SigV4's canonical request needs it: `/` is encoded too. */
export function urlEncode(text: string): string {
  return UNRESERVED_NO_SLASH.test(text) ? encodeURIComponent(text).replace(/[!'()*]/g, percent) : text;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** How one list answer shows keys, prefixes, markers and delimiters: as they are, or by `encoding-type=url`. */
export type NameEncoder = (name: string) => string;

/** The encoder that a list request asked for: `url`, or none. Any other value is the caller's InvalidArgument. */
export function nameEncoder(encodingType: 'url' | undefined): NameEncoder {
  return encodingType === 'url' ? urlEncodeKeepingSlash : (name) => name;
}
