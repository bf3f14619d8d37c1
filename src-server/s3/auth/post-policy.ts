import * as z from 'zod';
import { Failure } from '../../domain/failure.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { LengthRange } from '../body/form-file.ts';

/** A form as a policy judges it. */
export interface PolicyInput {
  readonly bucket: string;
  /** Fields by lower-case name, `${filename}` already replaced. */
  readonly fields: ReadonlyMap<string, string>;
}

const length = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number),
]);
const matchCondition = z.tuple([z.string(), z.string(), z.string()]);
const rangeCondition = z.tuple([z.string().regex(/^content-length-range$/i), length, length]);
const policySchema = z.object({
  expiration: z.string(),
  conditions: z.array(z.union([rangeCondition, matchCondition, z.record(z.string(), z.string())])).max(1000),
});

/** Fields that a policy need not mention (S3 API reference, "POST policy"). */
const UNMENTIONED: ReadonlySet<string> = new Set(['x-amz-signature', 'signature', 'awsaccesskeyid', 'policy', 'file']);
const ANY_LENGTH: LengthRange = { min: 0, max: Number.POSITIVE_INFINITY };

/**
 * Checks a form against its policy: not expired, every condition met, every field covered by one.
 * Throws InvalidPolicyDocument where it is no policy, AccessDenied where the form does not keep to it.
 *
 * @param policy the field's base64 text
 * @returns how many bytes the file may have
 */
export function checkPostPolicy(policy: string, input: PolicyInput, now: EpochMs): LengthRange {
  const { expiration, conditions } = parsePolicy(policy);
  const expiresAt = Date.parse(expiration);
  if (Number.isNaN(expiresAt)) throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (expiresAt <= now) throw denied('Policy expired.');
  const covered = new Set<string>(UNMENTIONED);
  let range = ANY_LENGTH;
  for (const condition of conditions) {
    if (!Array.isArray(condition)) {
      for (const [name, value] of Object.entries(condition))
        checkMatch('eq', name.toLowerCase(), value, input, covered);
    } else if (typeof condition[1] === 'number') {
      range = intersect(range, { min: condition[1], max: Number(condition[2]) });
    } else {
      const [operator, name, value] = condition;
      if (!name.startsWith('$')) throw invalid(`Invalid Condition: ${JSON.stringify(condition)}`);
      checkMatch(operator.toLowerCase(), name.slice(1).toLowerCase(), String(value), input, covered);
    }
  }
  for (const name of input.fields.keys()) {
    if (!covered.has(name) && !name.startsWith('x-ignore-')) throw denied(`Extra input fields: ${name}`);
  }
  return range;
}

function parsePolicy(policy: string): z.infer<typeof policySchema> {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid JSON.');
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw invalid('Invalid Simple-Condition or missing element.');
  return parsed.data;
}

function checkMatch(operator: string, name: string, wanted: string, input: PolicyInput, covered: Set<string>): void {
  covered.add(name);
  const value = name === 'bucket' ? input.bucket : input.fields.get(name);
  if (value !== undefined && fits(operator, name, value, wanted)) return;
  // AWS lets a condition that anything satisfies pass for an absent field.
  if (value === undefined && operator === 'starts-with' && wanted === '') return;
  throw denied(`Policy Condition failed: ["${operator}", "$${name}", "${wanted}"]`);
}

function fits(operator: string, name: string, value: string, wanted: string): boolean {
  switch (operator) {
    case 'eq':
      return value === wanted;
    case 'starts-with':
      return name === 'content-type'
        ? value.split(',').every((type) => type.trim().startsWith(wanted))
        : value.startsWith(wanted);
    default:
      throw invalid(`Invalid Condition: unknown operation '${operator}'`);
  }
}

function intersect(a: LengthRange, b: LengthRange): LengthRange {
  return { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) };
}

function denied(reason: string): Failure {
  return new Failure('AccessDenied', `Invalid according to Policy: ${reason}`);
}

function invalid(reason: string): Failure {
  return new Failure('InvalidPolicyDocument', `Invalid Policy: ${reason}`);
}
