import { Failure } from './failure.ts';

/** One condition of a POST policy. Field names are lower-case, without `$`. */
export type PolicyCondition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly text: string }
  | { readonly kind: 'content-length-range'; readonly minBytes: number; readonly maxBytes: number };

export interface PostPolicy {
  readonly expiresAtMs: number;
  readonly conditions: readonly PolicyCondition[];
}

const MAX_CONDITIONS = 256;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
/** Fields that no condition needs to name (AWS: "POST policy"); `x-ignore-` is a prefix. */
const UNCOVERED_FIELDS: ReadonlySet<string> = new Set([
  'x-amz-signature',
  'policy',
  'file',
  // Of forms signed by version 2.
  'signature',
  'awsaccesskeyid',
]);

/**
 * Reads a POST policy: base64 of UTF-8 JSON with `expiration` and `conditions`
 * (AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy).
 *
 * @throws Failure InvalidPolicyDocument
 */
export function parsePostPolicy(base64: string): PostPolicy {
  const document = parseJson(base64);
  for (const name of Object.keys(document)) {
    if (name !== 'expiration' && name !== 'conditions') throw invalidPolicy(`Unexpected: '${name}'.`);
  }
  const { expiration, conditions } = document;
  if (expiration === undefined) throw invalidPolicy('Policy missing expiration.');
  if (conditions === undefined) throw invalidPolicy('Policy missing conditions.');
  if (typeof expiration !== 'string') throw invalidPolicy('Invalid JSON.');
  const expiresAtMs = ISO_DATE.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(expiresAtMs)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalidPolicy("Invalid 'conditions' value: must be a List.");
  if (conditions.length > MAX_CONDITIONS) throw invalidPolicy('Too many conditions.');
  return { expiresAtMs, conditions: conditions.flatMap(parseCondition) };
}

function parseJson(base64: string): Record<string, unknown> {
  const bytes = Buffer.from(base64, 'base64');
  if (base64 === '' || bytes.length === 0) throw invalidPolicy('Invalid JSON.');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.assign(Object.create(null), value);
    }
  } catch {
    // Below: whatever is wrong, it is no policy.
  }
  throw invalidPolicy('Invalid JSON.');
}

function parseCondition(condition: unknown): PolicyCondition[] {
  if (Array.isArray(condition)) return [parseListCondition(condition)];
  if (typeof condition !== 'object' || condition === null) throw invalidPolicy('Invalid condition.');
  const entries = Object.entries(condition);
  if (entries.length !== 1)
    throw invalidPolicy('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  return entries.map(([field, value]) => {
    if (typeof value !== 'string') throw invalidPolicy('Invalid Simple-Condition: value must be a string.');
    return { kind: 'eq', field: field.toLowerCase(), value, text: JSON.stringify(['eq', `$${field}`, value]) };
  });
}

function parseListCondition(condition: readonly unknown[]): PolicyCondition {
  const [operation, first, second] = condition;
  if (typeof operation !== 'string') throw invalidPolicy('Invalid Condition: missing operation identifier.');
  const kind = operation.toLowerCase();
  if (kind !== 'eq' && kind !== 'starts-with' && kind !== 'content-length-range') {
    throw invalidPolicy(`Invalid Condition: unknown operation '${operation}'.`);
  }
  if (condition.length !== 3) throw invalidPolicy(`Invalid Condition: wrong number of arguments for '${kind}'.`);
  if (kind === 'content-length-range') {
    return { kind, minBytes: parseBytes(first), maxBytes: parseBytes(second) };
  }
  if (typeof first !== 'string' || typeof second !== 'string') throw invalidPolicy('Invalid JSON.');
  const text = JSON.stringify(condition);
  if (!first.startsWith('$')) throw conditionFailed(text);
  return { kind, field: first.slice(1).toLowerCase(), value: second, text };
}

/** Clients write the bounds as numbers or as strings of digits. */
function parseBytes(value: unknown): number {
  const bytes = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) throw invalidPolicy('Invalid JSON.');
  return bytes;
}

/**
 * Holds a form against its policy: not expired, every condition met, every field named by a condition.
 *
 * @param fields by lower-case name, variables expanded, with `bucket` as the request addressed it
 * @throws Failure AccessDenied
 */
export function checkPostPolicy(policy: PostPolicy, fields: ReadonlyMap<string, string>, nowMs: number): void {
  if (policy.expiresAtMs < nowMs) throw new Failure('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    if (condition.kind === 'content-length-range') continue;
    covered.add(condition.field);
    if (!isMet(condition, fields.get(condition.field) ?? '')) throw conditionFailed(condition.text);
  }
  for (const name of fields.keys()) {
    if (covered.has(name) || UNCOVERED_FIELDS.has(name) || name.startsWith('x-ignore-')) continue;
    throw new Failure('AccessDenied', `Invalid according to Policy: Extra input fields: ${name}`);
  }
}

function isMet(condition: Extract<PolicyCondition, { kind: 'eq' | 'starts-with' }>, value: string): boolean {
  if (condition.kind === 'eq') return value === condition.value;
  if (value.startsWith(condition.value)) {
    // A list of types must begin so in each of its items.
    if (condition.field !== 'content-type' || !value.includes(',')) return true;
    return value.split(',').every((item) => item.trim().startsWith(condition.value));
  }
  return false;
}

/** The bounds that all `content-length-range` conditions leave for the file, in bytes. */
export function fileBoundsOf(policy: PostPolicy | undefined, limitBytes: number): { min: number; max: number } {
  let min = 0;
  let max = limitBytes;
  for (const condition of policy?.conditions ?? []) {
    if (condition.kind !== 'content-length-range') continue;
    min = Math.max(min, condition.minBytes);
    max = Math.min(max, condition.maxBytes);
  }
  return { min, max };
}

function conditionFailed(text: string): Failure {
  return new Failure('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${text}`);
}

function invalidPolicy(problem: string): Failure {
  return new Failure('InvalidPolicyDocument', `Invalid Policy: ${problem}`);
}
