import type { Tag } from './bucket-settings.ts';
import { Failure } from './failure.ts';

/** AWS's limits: tags of an object, of a bucket; UTF-16 units of a key and of a value. */
export const MAX_OBJECT_TAGS = 10;
export const MAX_BUCKET_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** Letters, digits and spaces of any script, and `+ - = . _ : / @` (AWS: "Categorizing your storage using tags"). */
const ALLOWED = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

/**
 * Checks the tags of an object or a bucket.
 *
 * @param limit MAX_OBJECT_TAGS or MAX_BUCKET_TAGS
 * @throws Failure InvalidTag, or BadRequest for too many
 */
export function checkTags(tags: readonly Tag[], limit: number): readonly Tag[] {
  if (tags.length > limit) {
    const what = limit === MAX_OBJECT_TAGS ? 'Object' : 'Bucket';
    throw new Failure('BadRequest', `${what} tags cannot be greater than ${limit}`);
  }
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    if (key.length === 0 || key.length > MAX_KEY_LENGTH || !ALLOWED.test(key)) {
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: key });
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidTag('System tags cannot be added/updated by requester', { TagKey: key });
    }
    if (value.length > MAX_VALUE_LENGTH || !ALLOWED.test(value)) {
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value });
    }
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key });
    seen.add(key);
  }
  return tags;
}

function invalidTag(message: string, fields: Readonly<Record<string, string>>): Failure {
  return new Failure('InvalidTag', message, { fields });
}

/**
 * Reads `x-amz-tagging`: tags as the parameters of a URL query. Undefined where there is no tag in it.
 *
 * @throws Failure InvalidArgument for a broken encoding or a key twice; as `checkTags`
 */
export function parseTaggingHeader(header: string): readonly Tag[] | undefined {
  if (header === '') return undefined;
  const tags = header.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const key = decode(equals < 0 ? pair : pair.slice(0, equals), header);
    return { key, value: equals < 0 ? '' : decode(pair.slice(equals + 1), header) };
  });
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) throw invalidHeader(header);
  return checkTags(tags, MAX_OBJECT_TAGS);
}

function decode(part: string, header: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw invalidHeader(header);
  }
}

function invalidHeader(header: string): Failure {
  return new Failure(
    'InvalidArgument',
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    { fields: { ArgumentName: 'x-amz-tagging', ArgumentValue: header } },
  );
}
