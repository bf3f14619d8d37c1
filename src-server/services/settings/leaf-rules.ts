import * as z from 'zod';
import { settingsSchema } from '../../config/schema.ts';
import type { Leaf } from '../../config/settings.ts';

const SECRETS: ReadonlySet<string> = new Set(['metrics.token', 'rootKey.accessKeyId', 'rootKey.secretAccessKey']);

/** Leaves whose value nobody is shown. */
export function isSecretLeaf(name: string): boolean {
  return SECRETS.has(name);
}

/** What a leaf can be, where it is one of a few; else none. */
export function choicesOf({ path: [first, second] }: Leaf): readonly string[] {
  const outer: unknown = new Map(Object.entries(settingsSchema.shape)).get(first);
  const schema =
    second !== undefined && outer instanceof z.ZodObject ? new Map(Object.entries(outer.shape)).get(second) : outer;
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}
