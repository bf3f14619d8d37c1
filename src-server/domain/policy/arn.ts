import type { ConditionContext } from './context.ts';
import { parseTemplate, patternOf, type Template } from './variables.ts';
import { matchesPattern } from './wildcard.ts';

/** `arn:partition:service:region:account:resource`; the resource may contain colons. */
const ARN_FIELDS = 6;

/** The six fields of an ARN, or undefined for what is none. */
export function splitArn(text: string): readonly string[] | undefined {
  const pieces = text.split(':');
  if (pieces.length < ARN_FIELDS || pieces[0] !== 'arn') return undefined;
  return [...pieces.slice(0, ARN_FIELDS - 1), pieces.slice(ARN_FIELDS - 1).join(':')];
}

/** A pattern for ARNs: everything, or a pattern for each field, so that a `*` never reaches over a colon into the next. */
export type ArnPattern =
  | { readonly kind: 'every' }
  | { readonly kind: 'fields'; readonly fields: readonly Template[]; readonly source: string };

/** Reads a Resource or a value of an Arn condition; undefined for what is no ARN and not `*`. */
export function parseArnPattern(source: string, withVariables: boolean): ArnPattern | undefined {
  if (source === '*') return { kind: 'every' };
  const fields = splitOutsideVariables(source);
  if (fields.length < ARN_FIELDS || fields[0] !== 'arn') return undefined;
  const whole = [...fields.slice(0, ARN_FIELDS - 1), fields.slice(ARN_FIELDS - 1).join(':')];
  const templates: Template[] = [];
  for (const field of whole) {
    const template = parseTemplate(field, withVariables);
    if (template === undefined) return undefined;
    templates.push(template);
  }
  return { kind: 'fields', fields: templates, source };
}

/** Splits at colons, but not at those inside of `${…}`. */
function splitOutsideVariables(source: string): readonly string[] {
  const fields = [''];
  for (const piece of source.split(/(\$\{[^}]*\}|:)/)) {
    if (piece === ':') fields.push('');
    else fields.push((fields.pop() ?? '') + piece);
  }
  return fields;
}

/** Does this ARN match, field by field? A variable that the request does not fill matches nothing. */
export function matchesArn(pattern: ArnPattern, arn: string, context: ConditionContext): boolean {
  if (pattern.kind === 'every') return true;
  const fields = splitArn(arn);
  if (fields === undefined) return false;
  return pattern.fields.every((template, index) => {
    const compiled = patternOf(template, context);
    return compiled !== undefined && matchesPattern(compiled, fields[index] ?? '');
  });
}
