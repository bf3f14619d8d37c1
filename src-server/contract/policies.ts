import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { iamNameSchema } from './groups.ts';
import { holderKindSchema } from './holder-policies.ts';
import type { Route } from './route.ts';

const MAX_DOCUMENT = 65_536;
const documentSchema = z.string().max(MAX_DOCUMENT).describe('JSON');

const policySchema = z.strictObject({
  name: z.string(),
  arn: z.string(),
  description: z.string(),
  isBuiltIn: z.boolean().describe('comes with the product; nobody changes it'),
  defaultVersion: z.int().describe('the one that counts'),
  uses: z.int().describe('by how many it is carried or has as a boundary'),
  createdAtMs: z.int(),
  changedAtMs: z.int(),
});
export type Policy = z.infer<typeof policySchema>;

const userOfPolicySchema = z.strictObject({ kind: holderKindSchema, name: z.string(), asBoundary: z.boolean() });

const policyDetailsSchema = z.strictObject({
  policy: policySchema,
  versions: z
    .array(z.strictObject({ version: z.int(), document: documentSchema, createdAtMs: z.int() }))
    .describe('newest first, five at most'),
  usedBy: z.array(userOfPolicySchema),
});
export type PolicyDetails = z.infer<typeof policyDetailsSchema>;

export const createPolicySchema = z.strictObject({
  name: iamNameSchema,
  description: z.string().max(1000).default(''),
  document: documentSchema,
});
export const createPolicyVersionSchema = z.strictObject({ document: documentSchema });
export const defaultVersionSchema = z.strictObject({ version: z.int().min(1) });

const ARN = 'arn:aws:iam::210987654321:policy/readers';
const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
const POLICY: Policy = {
  name: 'readers',
  arn: ARN,
  description: 'Reads everything',
  isBuiltIn: false,
  defaultVersion: 1,
  uses: 1,
  createdAtMs: 1_789_000_000_000,
  changedAtMs: 1_789_000_000_000,
};
const DENIED = errorAnswer('This user may not do that', 'AccessDenied');
const NOTHING = errorAnswer('There is no such policy, or none of this account', 'NoSuchEntity');
const MALFORMED = errorAnswer('The policy cannot be read', 'MalformedPolicyDocument');
const CHANGED = { description: 'Changed', contentType: 'application/json' } as const;

export const getPolicies = {
  name: 'getPolicies',
  method: 'get',
  path: '/api/v1/policies',
  tag: 'people',
  summary: 'Managed policies that this account has or may use, by name',
  access: 'session',
  answers: {
    200: {
      description: 'Policies',
      contentType: 'application/json',
      schema: z.strictObject({ policies: z.array(policySchema) }),
      example: { policies: [POLICY] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const postPolicy = {
  name: 'postPolicy',
  method: 'post',
  path: '/api/v1/policies',
  tag: 'people',
  summary: 'Add a managed policy',
  access: 'session',
  body: { schema: createPolicySchema, example: { name: 'readers', document: DOCUMENT } },
  answers: {
    201: {
      description: 'Added',
      contentType: 'application/json',
      schema: z.strictObject({ arn: z.string() }),
      example: { arn: ARN },
    },
    400: MALFORMED,
    403: DENIED,
    409: errorAnswer('The name is taken', 'EntityAlreadyExists'),
  },
} as const satisfies Route;

export const getPolicy = {
  name: 'getPolicy',
  method: 'get',
  path: '/api/v1/policies/{arn}',
  tag: 'people',
  summary: 'A managed policy with its versions and who uses it',
  access: 'session',
  answers: {
    200: {
      description: 'The policy',
      contentType: 'application/json',
      schema: policyDetailsSchema,
      example: {
        policy: POLICY,
        versions: [{ version: 1, document: DOCUMENT, createdAtMs: 1_789_000_000_000 }],
        usedBy: [{ kind: 'group', name: 'office', asBoundary: false }],
      },
    },
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const deletePolicy = {
  name: 'deletePolicy',
  method: 'delete',
  path: '/api/v1/policies/{arn}',
  tag: 'people',
  summary: 'Delete a managed policy that nobody uses and that has one version',
  access: 'session',
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    403: DENIED,
    404: NOTHING,
    409: errorAnswer('Somebody uses it, or it has other versions', 'DeleteConflict'),
  },
} as const satisfies Route;

export const postPolicyVersion = {
  name: 'postPolicyVersion',
  method: 'post',
  path: '/api/v1/policies/{arn}/versions',
  tag: 'people',
  summary: 'Add a version to a managed policy; it counts from now on',
  access: 'session',
  body: { schema: createPolicyVersionSchema, example: { document: DOCUMENT } },
  answers: {
    201: {
      description: 'Added',
      contentType: 'application/json',
      schema: z.strictObject({ version: z.int() }),
      example: { version: 2 },
    },
    400: MALFORMED,
    403: DENIED,
    404: NOTHING,
    409: errorAnswer('It has five versions', 'LimitExceeded'),
  },
} as const satisfies Route;

export const putDefaultPolicyVersion = {
  name: 'putDefaultPolicyVersion',
  method: 'put',
  path: '/api/v1/policies/{arn}/default-version',
  tag: 'people',
  summary: 'Make a version of a managed policy the one that counts',
  access: 'session',
  body: { schema: defaultVersionSchema, example: { version: 1 } },
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;

export const deletePolicyVersion = {
  name: 'deletePolicyVersion',
  method: 'delete',
  path: '/api/v1/policies/{arn}/versions/{version}',
  tag: 'people',
  summary: 'Delete a version of a managed policy that does not count',
  access: 'session',
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    403: DENIED,
    404: NOTHING,
    409: errorAnswer('It is the version that counts', 'DeleteConflict'),
  },
} as const satisfies Route;
