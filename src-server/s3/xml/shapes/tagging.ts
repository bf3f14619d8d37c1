import type * as z from 'zod';
import type { Tag } from '../../../domain/bucket-settings.ts';
import { element, many, one, text } from '../config-schema.ts';
import { parseConfigXml } from '../parse-config.ts';
import { wrap, xmlDocument, element as xmlElement } from '../xml-writer.ts';

// Far above AWS's limits: how many and how long is for the rules to say, with their own codes.
const MAX_ELEMENTS = 1000;
const MAX_TEXT = 4096;

/** `Tag` elements, as they stand in a TagSet and in CreateBucket's Tags. */
export const tagList = many(element({ Key: one(text(MAX_TEXT)), Value: one(text(MAX_TEXT)) }), 0, MAX_ELEMENTS);
const tagging = element({ TagSet: one(element({ Tag: tagList })) });

/** Reads a `Tagging` document. The tags are not checked yet. Throws MalformedXML. */
export function parseTagging(bytes: Uint8Array): Tag[] {
  return toTags(parseConfigXml(bytes, 'Tagging', tagging).TagSet.Tag);
}

/** Parsed `Tag` elements as the rest of the server has them. */
export function toTags(list: z.output<typeof tagList>): Tag[] {
  return list.map(({ Key, Value }) => ({ key: Key, value: Value }));
}

/** A `Tagging` document, for buckets and objects. */
export function taggingXml(tags: readonly Tag[]): string {
  const list = tags.map(({ key, value }) => wrap('Tag', xmlElement('Key', key) + xmlElement('Value', value)));
  return xmlDocument('Tagging', wrap('TagSet', list.join('')));
}
