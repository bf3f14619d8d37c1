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
  for (const [header, raw] of headers) {
    const name = header.slice(PREFIX.length);
    if (name !== '') entries.push([name, decodeHeaderText(raw)]);
  }
  return limited(entries);
}

/** What a header's name may be made of (RFC 9110 §5.6.2), in lower case. */
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * Metadata that came otherwise than in headers. Undefined where there is none.
 *
 * @throws Failure InvalidArgument for a name that could be no header's, MetadataTooLarge
 */
export function checkedUserMetadata(
  entries: readonly (readonly [name: string, value: string])[],
): UserMetadata | undefined {
  const wrong = entries.find(([name]) => !NAME.test(name));
  if (wrong !== undefined) throw new Failure('InvalidArgument', `${wrong[0]} cannot be the name of a header`);
  return limited(entries);
}

function limited(entries: readonly (readonly [name: string, value: string])[]): UserMetadata | undefined {
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
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
