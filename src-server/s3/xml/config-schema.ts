import * as z from 'zod';

/**
 * Building blocks of configuration schemas over `XmlNode`. A field of an `element` is `one`, `optional` or `many`:
 *
 *   const rule = element({ ID: optional(text(255)), AllowedMethod: many(text(), 1, 10) });
 */

/** An element with the given children and no others. An empty element counts as one without children. */
export function element<S extends z.ZodRawShape>(children: S) {
  return z.preprocess((node) => (typeof node === 'string' && node.trim() === '' ? {} : node), z.strictObject(children));
}

/** A child that must appear exactly once. */
export function one<T extends z.ZodType>(child: T) {
  return z
    .array(child)
    .length(1)
    .transform((list, issues): z.output<T> => {
      for (const only of list) return only;
      issues.addIssue({ code: 'custom', message: 'missing' });
      return z.NEVER;
    });
}

/** A child that may appear once. */
export function optional<T extends z.ZodType>(child: T) {
  return z
    .array(child)
    .max(1)
    .optional()
    .transform((list): z.output<T> | undefined => list?.[0]);
}

/** A child that may appear `min` to `max` times; absent it is an empty list where `min` is 0. */
export function many<T extends z.ZodType>(child: T, min: number, max: number) {
  const list = z.array(child).min(min).max(max);
  return min === 0 ? list.default([]) : list;
}

/** Text as it stands, at most `maxLength` UTF-16 units. */
export function text(maxLength = 1024) {
  return z.string().max(maxLength);
}

/** One of AWS's words, surrounding whitespace ignored. */
export function word<const T extends readonly [string, ...string[]]>(...words: T) {
  return z
    .string()
    .transform((value) => value.trim())
    .pipe(z.enum(words));
}

/** A decimal integer in a range. */
export function integer(min: number, max: number) {
  return z
    .string()
    .regex(/^\s*[+-]?\d{1,16}\s*$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max));
}

/** `true` or `false`, as XML Schema writes booleans. */
export function boolean() {
  return z
    .string()
    .transform((value) => value.trim())
    .pipe(z.enum(['true', 'false', '1', '0']))
    .transform((value) => value === 'true' || value === '1');
}
