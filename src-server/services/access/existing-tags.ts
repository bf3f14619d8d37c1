import { readTags } from '../../db/tables/object-columns.ts';
import { findVersion } from '../../db/tables/object-version.ts';
import { EXISTING_TAG_PREFIX } from '../../domain/policy/condition-keys.ts';
import type { ConditionContext } from '../../domain/policy/context.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { AccessQuestion, GatheredPolicies } from './decide-access.ts';

const NOTHING: ConditionContext = { values: () => undefined };

/** `s3:ExistingObjectTag/…` of the object that is asked about: looked up only where a policy that applies names such a key. */
export async function existingTags(
  context: ServiceContext,
  { key, versionId }: AccessQuestion,
  bucket: Bucket | undefined,
  policies: GatheredPolicies,
): Promise<ConditionContext> {
  if (key === undefined || bucket === undefined || !asksForTags(policies)) return NOTHING;
  const version = await context.catalogue.read((tx) => findVersion(tx, bucket.id, key, versionId));
  const tags = readTags(version?.tags ?? null);
  return {
    values: (name) => {
      if (!name.startsWith(EXISTING_TAG_PREFIX)) return undefined;
      const found = tags.filter((tag) => tag.key.toLowerCase() === name.slice(EXISTING_TAG_PREFIX.length));
      return found.length === 0 ? undefined : found.map((tag) => tag.value);
    },
  };
}

function asksForTags({ identity, boundary, session, accessKey, resource }: GatheredPolicies): boolean {
  const all = [...identity, ...session, ...[boundary, accessKey, resource].filter((policy) => policy !== undefined)];
  return all.some(({ document }) => document !== 'unreadable' && document.asksExistingTags);
}
