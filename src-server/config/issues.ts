import type * as z from 'zod';

/** `users[0].accessKeys[1]`, as a person would write it. The empty path is `(top level)`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? '(top level)' : text.replace(/^\./, '');
}

/** The first thing wrong, with the path of the key itself where a key is unknown. Values are never repeated. */
export function firstIssue(error: z.ZodError): { readonly path: readonly PropertyKey[]; readonly message: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { path: [], message: 'not valid' };
  if (issue.code === 'unrecognized_keys') {
    return { path: [...issue.path, ...issue.keys.slice(0, 1)], message: 'unknown key' };
  }
  if (issue.code === 'invalid_value') {
    return { path: issue.path, message: `one of ${issue.values.map(String).join(', ')} is wanted` };
  }
  return { path: issue.path, message: issue.message.replaceAll(/\s+/g, ' ') };
}
