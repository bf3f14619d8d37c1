/**
 * What a request says of itself, by condition key in lower case (`aws:sourceip`, `s3:prefix`). A key that the request does
 * not have is absent; a key of several values (`aws:TagKeys`) has them all.
 */
export interface ConditionContext {
  values(key: string): readonly string[] | undefined;
}

/** A context of fixed facts; names in any case. Undefined facts are absent. */
export function contextOf(facts: Readonly<Record<string, string | readonly string[] | undefined>>): ConditionContext {
  const known = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    known.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return { values: (key) => known.get(key) };
}

/** The facts of several contexts; the first that has a key answers for it. */
export function joinContexts(...contexts: readonly ConditionContext[]): ConditionContext {
  return {
    values: (key) => {
      for (const context of contexts) {
        const found = context.values(key);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
