/** A rule of a policy, as much of it as a sentence says. */
export interface PolicyRule {
  readonly name: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Last parts of the names; empty: everybody. */
  readonly who: readonly string[];
  /** `NotPrincipal`: all but those. */
  readonly isAllBut: boolean;
  readonly actions: readonly string[];
  readonly isConditional: boolean;
}

/** The rules of a policy that the server took; nothing where the text is not to be read as such. */
export function rulesOf(text: string): readonly PolicyRule[] {
  const document = parsed(text);
  const statements = field(document, 'Statement');
  return (Array.isArray(statements) ? statements : [statements]).filter(isRecord).map(ruleOf);
}

function ruleOf(statement: Readonly<Record<string, unknown>>): PolicyRule {
  const name = field(statement, 'Sid');
  const isAllBut = 'NotPrincipal' in statement;
  const everything = field(statement, 'NotAction');
  return {
    name: typeof name === 'string' && name !== '' ? name : undefined,
    effect: field(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    who: principalsOf(isAllBut ? field(statement, 'NotPrincipal') : field(statement, 'Principal')),
    isAllBut,
    actions:
      everything === undefined ? texts(field(statement, 'Action')) : texts(everything).map((action) => `≠ ${action}`),
    isConditional: field(statement, 'Condition') !== undefined,
  };
}

function principalsOf(value: unknown): readonly string[] {
  const named = isRecord(value) ? Object.values(value).flatMap(texts) : texts(value);
  return named.includes('*') ? [] : named.map((arn) => arn.split(/[:/]/).at(-1) ?? arn);
}

function texts(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
