/**
 * A second evaluation of policies, written from AWS's pages alone and in the plainest way: raw JSON, regular expressions, no compiling. What
 * both evaluators agree on was not made the same mistake twice.
 */
export interface NaiveCase {
  readonly principal:
    | { readonly kind: 'anonymous' }
    | {
        readonly kind: 'account';
        readonly accountId: string;
        readonly arn: string;
        readonly roleArn: string | undefined;
        readonly isAccountItself: boolean;
      };
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

type Json = Readonly<Record<string, unknown>>;

export interface NaivePolicies {
  readonly identity: readonly Json[];
  readonly boundary: Json | undefined;
  readonly session: readonly Json[];
  readonly accessKey: Json | undefined;
  readonly resource: Json | undefined;
  readonly role: 'grants' | 'accepts' | 'silent';
}

/** May it? */
export function naiveAllows(asked: NaiveCase, policies: NaivePolicies): boolean {
  const { identity, boundary, session, accessKey, resource } = policies;
  const all = [...identity, ...session, ...[boundary, accessKey, resource].filter((one) => one !== undefined)];
  if (all.some((policy) => closest(policy, 'Deny', asked) > 0)) return false;
  if (accessKey !== undefined && closest(accessKey, 'Allow', asked) === 0) return false;
  const given = resource === undefined ? 0 : closest(resource, 'Allow', asked);
  if (asked.principal.kind === 'anonymous') return given > 0;
  const limits = [...session, ...(boundary === undefined ? [] : [boundary])];
  const withinLimits = limits.every((policy) => closest(policy, 'Allow', asked) > 0);
  const byIdentity = identity.some((policy) => closest(policy, 'Allow', asked) > 0);
  if (policies.role === 'grants') return withinLimits || reaches(given, asked);
  if (asked.principal.accountId !== asked.resourceAccountId) {
    return given > 0 && (byIdentity || policies.role === 'accepts') && withinLimits;
  }
  if (reaches(given, asked)) return true;
  return (byIdentity || given === NAMED) && withinLimits;
}

const ACCOUNT = 1;
const NAMED = 2;
const SESSION = 3;

function reaches(given: number, { principal, resourceAccountId }: NaiveCase): boolean {
  if (principal.kind === 'anonymous' || principal.accountId !== resourceAccountId) return false;
  return given === SESSION || (given === NAMED && principal.roleArn === undefined);
}

/** How closely the closest statement of this effect that applies names who asks: 0 where none applies. */
function closest(policy: Json, effect: string, asked: NaiveCase): number {
  const found = list(policy['Statement']).map((raw) => {
    const statement = raw as Json; // Made by the test itself.
    if (statement['Effect'] !== effect || !matches(statement, asked)) return 0;
    return principalOf(statement, asked, effect);
  });
  return Math.max(0, ...found);
}

function principalOf(statement: Json, asked: NaiveCase, effect: string): number {
  if ('Principal' in statement) return closeness(statement['Principal'], asked);
  if (!('NotPrincipal' in statement)) return NAMED;
  const match = closeness(statement['NotPrincipal'], asked);
  const excepted = effect === 'Allow' ? match > 0 : match >= NAMED;
  return excepted ? 0 : NAMED;
}

function closeness(principal: unknown, { principal: who }: NaiveCase): number {
  if (principal === '*') return NAMED;
  const names = list((principal as Json)['AWS']) as string[]; // Made by the test itself.
  const each = names.map((name) => {
    if (name === '*') return NAMED;
    if (who.kind === 'anonymous') return 0;
    if (name === who.accountId || name === `arn:aws:iam::${who.accountId}:root`)
      return who.isAccountItself ? NAMED : ACCOUNT;
    if (name === who.roleArn) return NAMED;
    if (name === who.arn) return who.roleArn === undefined ? NAMED : SESSION;
    return 0;
  });
  return Math.max(0, ...each);
}

function matches(statement: Json, asked: NaiveCase): boolean {
  const { action, resource, context } = asked;
  if (
    'Action' in statement &&
    !strings(statement['Action']).some((one) => glob(one.toLowerCase()).test(action.toLowerCase()))
  )
    return false;
  if (
    'NotAction' in statement &&
    strings(statement['NotAction']).some((one) => glob(one.toLowerCase()).test(action.toLowerCase()))
  )
    return false;
  if ('Resource' in statement && !strings(statement['Resource']).some((one) => arnMatches(one, resource, context)))
    return false;
  if ('NotResource' in statement && strings(statement['NotResource']).some((one) => arnMatches(one, resource, context)))
    return false;
  const block = (statement['Condition'] ?? {}) as Readonly<Record<string, Json>>; // Made by the test itself.
  return Object.entries(block).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(operator, context[key.toLowerCase()], strings(values), context),
    ),
  );
}

function arnMatches(pattern: string, arn: string, context: NaiveCase['context']): boolean {
  if (pattern === '*') return true;
  const text = fill(pattern, context, shield);
  if (text === undefined) return false;
  // Every pattern of the test has its six fields and no colon or wildcard in the first five.
  return glob(text).test(arn);
}

/** Puts in the variables, each through `change`; undefined where the request does not say one. */
function fill(text: string, context: NaiveCase['context'], change: (value: string) => string): string | undefined {
  let known = true;
  const filled = text.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    const values = context[name.toLowerCase()];
    if (values?.length !== 1) known = false;
    return change(values?.[0] ?? '');
  });
  return known ? filled : undefined;
}

/** Makes wildcards of a value harmless, by characters that stand in no value of the test. */
function shield(value: string): string {
  return value.replaceAll('*', '\u0001').replaceAll('?', '\u0002');
}

function glob(pattern: string): RegExp {
  const source = [...pattern]
    .map((letter) => {
      if (letter === '*') return '[^]*';
      if (letter === '?') return '[^]';
      if (letter === '\u0001') return '\\*';
      if (letter === '\u0002') return '\\?';
      return letter.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 'u');
}

function conditionHolds(
  operator: string,
  found: readonly string[] | undefined,
  wanted: readonly string[],
  context: NaiveCase['context'],
): boolean {
  if (operator === 'Null') return wanted.includes(String(found === undefined));
  const ifExists = operator.endsWith('IfExists');
  const [quantifier, name] = operator.includes(':')
    ? operator.replace('IfExists', '').split(':')
    : ['', operator.replace('IfExists', '')];
  if (found === undefined && ifExists) return true;
  const negated = /Not/.test(name ?? '');
  const one = (value: string) => {
    const hit = wanted.some((text) => compare((name ?? '').replace('Not', ''), value, text, context));
    return negated ? !hit : hit;
  };
  if (quantifier === 'ForAllValues') return (found ?? []).every(one);
  if (quantifier === 'ForAnyValue') return (found ?? []).some(one);
  if (found === undefined) return negated;
  return negated ? found.every(one) : found.some(one);
}

function compare(name: string, value: string, wanted: string, context: NaiveCase['context']): boolean {
  switch (name) {
    case 'StringEquals':
      return fill(wanted, context, (text) => text) === value;
    case 'StringLike': {
      const text = fill(wanted, context, shield);
      return text !== undefined && glob(text).test(value);
    }
    case 'NumericEquals':
      return Number(value) === Number(wanted);
    case 'NumericLessThan':
      return Number(value) < Number(wanted);
    case 'Bool':
      return value.toLowerCase() === wanted.toLowerCase();
    case 'IpAddress':
      return sameNet(value, wanted);
    default:
      throw new Error(name);
  }
}

/** IPv4 only, by its bits as text. */
function sameNet(address: string, block: string): boolean {
  const bits = (text: string) =>
    text
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  const [base = '', length = '32'] = block.split('/');
  return bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function strings(value: unknown): readonly string[] {
  return list(value).map(String);
}
