import * as z from 'zod';
import { type ArnPattern, parseArnPattern } from './arn.ts';
import { type Condition, compileCondition } from './condition.ts';
import { EXISTING_TAG_PREFIX } from './condition-keys.ts';
import { type PrincipalPattern, parsePrincipal } from './principal.ts';
import type { Listed, Statement } from './statement.ts';
import { type Pattern, parsePattern } from './wildcard.ts';

/** What a policy is attached to: it decides which elements a statement has to have. */
export type PolicyKind = 'identity' | 'bucket' | 'trust';

/** A policy, compiled. */
export interface PolicyDocument {
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
  /** It names tags of the object that is asked about, which somebody then has to look up. */
  readonly asksExistingTags: boolean;
}

/** Why a text is no policy: one sentence that names the element. */
export class PolicySyntaxError extends Error {}

const text = z.string();
const texts = z.union([text.transform((value) => [value]), z.array(text).min(1)]);
const values = z.union([scalar().transform((value) => [value]), z.array(scalar()).min(1)]);
const principals = z.union([z.literal('*'), z.record(text, texts)]);

/** Condition values may be numbers and booleans; they are compared as text. */
function scalar() {
  return z.union([z.string(), z.number(), z.boolean()]).transform(String);
}

const statementShape = z.strictObject({
  Sid: text.optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(text, z.record(text, values)).optional(),
});
type StatementShape = z.infer<typeof statementShape>;

const OLD_VERSION = '2008-10-17';
const documentShape = z.strictObject({
  Version: z.enum([OLD_VERSION, '2012-10-17']).optional(),
  Id: text.optional(),
  Statement: z.union([statementShape.transform((one) => [one]), z.array(statementShape).min(1)]),
});

/** AWS's limit for bucket policies (20 KB); those of IAM are smaller, by what they are attached to. */
export const MAX_POLICY_BYTES = 20 * 1024;

/**
 * Reads a policy (IAM user guide, "JSON policy element reference"). Strict: an element we do not know could have narrowed it.
 *
 * @throws PolicySyntaxError
 */
export function parsePolicy(source: string, kind: PolicyKind): PolicyDocument {
  if (Buffer.byteLength(source) > MAX_POLICY_BYTES) throw new PolicySyntaxError('The policy is larger than 20 KB');
  const shape = documentShape.safeParse(parseJson(source));
  if (!shape.success) throw new PolicySyntaxError(describeIssue(shape.error));
  const { Version: version = OLD_VERSION, Id: id, Statement: statements } = shape.data;
  const withVariables = version !== OLD_VERSION;
  const sids = statements.flatMap(({ Sid: sid }) => sid ?? []);
  if (new Set(sids).size < sids.length)
    throw new PolicySyntaxError('Statement IDs (SID) in a single policy must be unique');
  return {
    id,
    statements: statements.map((one, index) => compile(one, { index, kind, withVariables })),
    asksExistingTags: source.toLowerCase().includes(EXISTING_TAG_PREFIX),
  };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new PolicySyntaxError('The policy is not valid JSON');
  }
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  return path === '' ? 'The policy is not in the valid JSON format' : `The policy is wrong at ${path}`;
}

interface Scene {
  readonly index: number;
  readonly kind: PolicyKind;
  readonly withVariables: boolean;
}

function compile(shape: StatementShape, scene: Scene): Statement {
  return {
    sid: shape.Sid,
    index: scene.index,
    effect: shape.Effect,
    principal: compilePrincipal(shape, scene),
    action: compileActions(shape, scene),
    resource: compileResources(shape, scene),
    conditions: compileConditions(shape, scene),
  };
}

/** Exactly one of the two, or, where it may be left out, none. */
function either<T>(
  name: string,
  is: T | undefined,
  not: T | undefined,
  scene: Scene,
): { not: boolean; value: T } | undefined {
  if (is !== undefined && not !== undefined)
    throw new PolicySyntaxError(`Statement ${scene.index + 1} has both ${name} and Not${name}`);
  if (is !== undefined) return { not: false, value: is };
  return not === undefined ? undefined : { not: true, value: not };
}

function missing(name: string, scene: Scene): PolicySyntaxError {
  return new PolicySyntaxError(`Statement ${scene.index + 1} is missing the required element ${name}`);
}

function compilePrincipal(shape: StatementShape, scene: Scene): Listed<PrincipalPattern> | undefined {
  const found = either('Principal', shape.Principal, shape.NotPrincipal, scene);
  if (scene.kind === 'identity') {
    if (found !== undefined) throw new PolicySyntaxError('Policy document should not specify a principal.');
    return undefined;
  }
  if (found === undefined) throw missing('Principal', scene);
  if (found.value === '*') return { not: found.not, entries: [{ kind: 'everyone' }] };
  const entries = Object.entries(found.value).flatMap(([kind, names]) =>
    names.map((name) => {
      const principal = parsePrincipal(kind, name);
      if (principal === undefined) throw new PolicySyntaxError('Invalid principal in policy');
      return principal;
    }),
  );
  if (entries.length === 0) throw new PolicySyntaxError('Invalid principal in policy');
  return { not: found.not, entries };
}

// `s3:Get*`, `iam:*`, `*`.
const ACTION = /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/;

function compileActions(shape: StatementShape, scene: Scene): Listed<Pattern> {
  const found = either('Action', shape.Action, shape.NotAction, scene);
  if (found === undefined) throw missing('Action', scene);
  const names = found.value.map((name) => name.toLowerCase());
  if (names.some((name) => !ACTION.test(name))) throw new PolicySyntaxError('Policy has invalid action');
  return { not: found.not, entries: names.map(parsePattern) };
}

function compileResources(shape: StatementShape, scene: Scene): Listed<ArnPattern> | undefined {
  const found = either('Resource', shape.Resource, shape.NotResource, scene);
  if (scene.kind === 'trust') {
    if (found !== undefined) throw new PolicySyntaxError('Has prohibited field Resource');
    return undefined;
  }
  if (found === undefined) throw missing('Resource', scene);
  const entries = found.value.map((source) => {
    const pattern = parseArnPattern(source, scene.withVariables);
    if (pattern === undefined) throw new PolicySyntaxError('Policy has invalid resource');
    return pattern;
  });
  return { not: found.not, entries };
}

function compileConditions(shape: StatementShape, scene: Scene): Condition[] {
  return Object.entries(shape.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, list]) => {
      const condition = compileCondition(operator, key, list, scene.withVariables);
      if ('invalid' in condition) throw new PolicySyntaxError(`Invalid policy syntax: ${condition.invalid}`);
      return condition;
    }),
  );
}
