import type { Tag } from '../../domain/bucket-settings.ts';
import type { ConditionContext } from '../../domain/policy/context.ts';
import { parseTaggingHeader } from '../../domain/tags.ts';

/** What policies may ask of an S3 request, and where it stands in it (service authorization reference, "Condition keys for Amazon S3"). */
const FROM_HEADER: ReadonlyMap<string, string> = new Map([
  ['s3:if-match', 'if-match'],
  ['s3:if-none-match', 'if-none-match'],
  ['s3:object-lock-legal-hold', 'x-amz-object-lock-legal-hold'],
  ['s3:object-lock-mode', 'x-amz-object-lock-mode'],
  ['s3:object-lock-retain-until-date', 'x-amz-object-lock-retain-until-date'],
  ['s3:x-amz-acl', 'x-amz-acl'],
  ['s3:x-amz-content-sha256', 'x-amz-content-sha256'],
  ['s3:x-amz-copy-source', 'x-amz-copy-source'],
  ['s3:x-amz-grant-full-control', 'x-amz-grant-full-control'],
  ['s3:x-amz-grant-read', 'x-amz-grant-read'],
  ['s3:x-amz-grant-read-acp', 'x-amz-grant-read-acp'],
  ['s3:x-amz-grant-write', 'x-amz-grant-write'],
  ['s3:x-amz-grant-write-acp', 'x-amz-grant-write-acp'],
  ['s3:x-amz-metadata-directive', 'x-amz-metadata-directive'],
  ['s3:x-amz-object-ownership', 'x-amz-object-ownership'],
  ['s3:x-amz-server-side-encryption', 'x-amz-server-side-encryption'],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-server-side-encryption-aws-kms-key-id'],
  ['s3:x-amz-server-side-encryption-customer-algorithm', 'x-amz-server-side-encryption-customer-algorithm'],
  ['s3:x-amz-storage-class', 'x-amz-storage-class'],
  ['s3:x-amz-website-redirect-location', 'x-amz-website-redirect-location'],
]);
const FROM_QUERY: ReadonlyMap<string, string> = new Map([
  ['s3:delimiter', 'delimiter'],
  ['s3:max-keys', 'max-keys'],
  ['s3:prefix', 'prefix'],
  ['s3:versionid', 'versionId'],
]);
const REQUEST_TAG_KEY = 's3:requestobjecttag';
const REQUEST_TAG = `${REQUEST_TAG_KEY}/`;
const REQUEST_TAG_KEYS = `${REQUEST_TAG_KEY}keys`;

/** The part of a request that conditions look at. */
export interface FactSource {
  header(name: string): string | undefined;
  readonly query: ReadonlyMap<string, string>;
}

/** Facts of a request, read when a policy asks. A missing `prefix` is absent, as on AWS, and not the empty text. */
export function conditionFacts(source: FactSource): ConditionContext {
  return {
    values: (key) => {
      const header = FROM_HEADER.get(key);
      if (header !== undefined) return single(source.header(header));
      const parameter = FROM_QUERY.get(key);
      if (parameter !== undefined) return single(source.query.get(parameter));
      return key.startsWith(REQUEST_TAG_KEY) ? valuesOfTags(requestTags(source), key) : undefined;
    },
  };
}

/** Facts of tags that stand in a body: of PutObjectTagging, of a form. */
export function tagFacts(tags: readonly Tag[]): ConditionContext {
  return { values: (key) => (key.startsWith(REQUEST_TAG_KEY) ? valuesOfTags(tags, key) : undefined) };
}

function valuesOfTags(tags: readonly Tag[], key: string): readonly string[] | undefined {
  if (key === REQUEST_TAG_KEYS) return some(tags.map((tag) => tag.key));
  const name = key.slice(REQUEST_TAG.length);
  return some(tags.flatMap((tag) => (tag.key.toLowerCase() === name ? [tag.value] : [])));
}

function single(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** A tag header that cannot be read refuses the request later; until then it says nothing. */
function requestTags(source: FactSource): readonly Tag[] {
  const header = source.header('x-amz-tagging');
  if (header === undefined) return [];
  try {
    return parseTaggingHeader(header) ?? [];
  } catch {
    return [];
  }
}
