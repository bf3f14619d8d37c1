import type { SourceUnit } from '../source-tree.ts';

/** One broken rule, as a person wants to read it: `path:line: what`. */
export type Violation = string;

/** A rule looks at one file and says what it breaks. */
export type Rule = (unit: SourceUnit) => Violation[];

export function violation(unit: { readonly path: string }, line: number, what: string): Violation {
  return `${unit.path}:${line}: ${what}`;
}
