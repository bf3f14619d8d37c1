import { Failure } from './failure.ts';
import { decodeHeaderText, encodeHeaderText } from './header-text.ts';

/** Names without `x-amz-meta-`, lower-case, and their text. */
export type UserMetadata = Readonly<Record<string, string>>;

const PREFIX = 'x-amz-meta-';
/** AWS's limit on names and values together, in UTF-8. */
const MAX_USER_METADATA_BYTES = 2048;

/**
 * Takes the metadata out of a request's `x-amz-meta-*` headers. Undefined where there is none.
 *
 * @throws Failure MetadataTooLarge
 */
export function parseUserMetadata(headers: ReadonlyMap<string, string>): UserMetadata | undefined {
  if (headers.size === 0) return undefined;
  const entries: [string, string][] = [];
  let bytes = 0;
  for (const [header, raw] of headers) {
    const name = header.slice(PREFIX.length);
    if (name === '') continue;
    const value = decodeHeaderText(raw);
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    entries.push([name, value]);
  }
  if (bytes > MAX_USER_METADATA_BYTES) {
    throw new Failure('MetadataTooLarge', undefined, {
      fields: { Size: String(bytes), MaxSizeAllowed: String(MAX_USER_METADATA_BYTES) },
    });
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The `x-amz-meta-*` headers of an answer, put into `headers`. */
export function presentUserMetadata(metadata: UserMetadata | undefined, headers: Record<string, string>): void {
  if (metadata === undefined) return;
  for (const [name, value] of Object.entries(metadata)) headers[PREFIX + name] = encodeHeaderText(value);
}
