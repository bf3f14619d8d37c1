import type { ConditionContext } from './context.ts';
import { type Pattern, type PatternPart, parsePattern } from './wildcard.ts';

/** Text of a policy in which `${…}` stands for what the request says. */
type TemplatePart =
  | { readonly kind: 'pattern'; readonly parts: Pattern; readonly text: string }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export interface Template {
  readonly parts: readonly TemplatePart[];
  /** The text as the policy has it. */
  readonly source: string;
}

// `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`; `${*}`, `${?}` and `${$}` are those characters themselves.
const VARIABLE = /\$\{([^}]*)\}/g;
const KEY_AND_FALLBACK = /^\s*([A-Za-z0-9_-]+:[^,'\s]+)\s*(?:,\s*'([^']*)')?\s*$/;
const LITERALS: ReadonlySet<string> = new Set(['*', '?', '$']);

/**
 * Reads text with policy variables (IAM user guide, "Policy variables"). Answers undefined for a `${…}` that is none.
 *
 * @param withVariables false for policies of version 2008-10-17, in which `${…}` is plain text
 */
export function parseTemplate(source: string, withVariables: boolean): Template | undefined {
  const parts: TemplatePart[] = [];
  const addText = (text: string) => {
    if (text !== '') parts.push({ kind: 'pattern', parts: parsePattern(text), text });
  };
  let end = 0;
  for (const match of withVariables ? source.matchAll(VARIABLE) : []) {
    addText(source.slice(end, match.index));
    end = match.index + match[0].length;
    const inner = match[1] ?? '';
    if (LITERALS.has(inner)) {
      parts.push({ kind: 'pattern', parts: [{ kind: 'text', text: inner }], text: inner });
      continue;
    }
    const [, key, fallback] = KEY_AND_FALLBACK.exec(inner) ?? [];
    if (key === undefined) return undefined;
    parts.push({ kind: 'variable', key: key.toLowerCase(), fallback });
  }
  addText(source.slice(end));
  return { parts, source };
}

/** The template as a pattern for this request; undefined where it names something that the request does not say. */
export function patternOf(template: Template, context: ConditionContext): Pattern | undefined {
  const whole: PatternPart[] = [];
  for (const part of template.parts) {
    if (part.kind === 'pattern') {
      whole.push(...part.parts);
      continue;
    }
    const value = valueFor(part, context);
    if (value === undefined) return undefined;
    if (value !== '') whole.push({ kind: 'text', text: value });
  }
  return whole;
}

/** The template as plain text for this request, in which `*` and `?` are themselves; undefined as in `patternOf`. */
export function textOf(template: Template, context: ConditionContext): string | undefined {
  let whole = '';
  for (const part of template.parts) {
    const text = part.kind === 'pattern' ? part.text : valueFor(part, context);
    if (text === undefined) return undefined;
    whole += text;
  }
  return whole;
}

/** A variable of several values stands for none of them: which would be meant is not said. */
function valueFor(part: Extract<TemplatePart, { kind: 'variable' }>, context: ConditionContext): string | undefined {
  const values = context.values(part.key);
  return values?.length === 1 ? values[0] : part.fallback;
}
