import * as z from 'zod';
import type { Tag } from '../../../domain/bucket-settings.ts';
import { Failure } from '../../../domain/failure.ts';
import { element, optional, text } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { tagList, toTags } from './tagging.ts';

const configuration = element({
  LocationConstraint: optional(text()),
  Tags: optional(element({ Tag: tagList })),
  // Both describe directory buckets.
  Location: optional(z.unknown()),
  Bucket: optional(z.unknown()),
});

export interface CreateBucketConfiguration {
  /** Undefined or empty: none was named. */
  readonly locationConstraint: string | undefined;
  readonly tags: readonly Tag[];
}

/** Reads the body of CreateBucket. Throws MalformedXML, NotImplemented for a directory bucket. */
export function parseCreateBucketConfiguration(bytes: Uint8Array): CreateBucketConfiguration {
  const parsed = parseConfigXml(bytes, 'CreateBucketConfiguration', configuration);
  if (parsed.Location !== undefined || parsed.Bucket !== undefined) {
    throw new Failure('NotImplemented', 'Directory buckets are not implemented');
  }
  return { locationConstraint: parsed.LocationConstraint?.trim(), tags: toTags(parsed.Tags?.Tag ?? []) };
}
