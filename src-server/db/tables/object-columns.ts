import * as z from 'zod';
import type { Tag } from '../../domain/bucket-settings.ts';
import { SYSTEM_HEADERS, type SystemMetadata } from '../../domain/object-headers.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';

/**
 * The structured text columns that `object_version` and `upload` share: JSON, null where there is nothing.
 */

const systemColumn = z.partialRecord(z.enum(SYSTEM_HEADERS), z.string());
// Not z.record, which drops a name like `__proto__`; any header name may be one of ours.
const userColumn = z.custom<UserMetadata>(
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string'),
);
const tagsColumn = z.array(z.strictObject({ key: z.string(), value: z.string() }));

function toColumn(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromColumn<T>(column: string | null, schema: z.ZodType<T>): T | undefined {
  return column === null ? undefined : schema.parse(JSON.parse(column));
}

export function systemMetadataColumn(metadata: SystemMetadata | undefined): string | null {
  return toColumn(metadata);
}

/** Throws ZodError for what `systemMetadataColumn` did not write; so do the others. */
export function readSystemMetadata(column: string | null): SystemMetadata | undefined {
  return fromColumn(column, systemColumn);
}

export function userMetadataColumn(metadata: UserMetadata | undefined): string | null {
  return toColumn(metadata);
}

export function readUserMetadata(column: string | null): UserMetadata | undefined {
  return fromColumn(column, userColumn);
}

/** An empty tag set is no tag set. */
export function tagsColumnOf(tags: readonly Tag[] | undefined): string | null {
  return tags === undefined || tags.length === 0 ? null : toColumn(tags);
}

export function readTags(column: string | null): readonly Tag[] {
  return fromColumn(column, tagsColumn) ?? [];
}
