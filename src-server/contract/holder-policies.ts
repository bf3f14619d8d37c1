import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** What carries policies. */
export const holderKindSchema = z.enum(['user', 'group', 'role']);
export type HolderKind = z.infer<typeof holderKindSchema>;

const holderPoliciesSchema = z.strictObject({
  attached: z.array(z.strictObject({ name: z.string(), arn: z.string() })).describe('managed policies'),
  inline: z.array(z.strictObject({ name: z.string(), document: z.string() })).describe('written into it'),
  boundary: z.string().nullable().describe('ARN of what a user or role may have at most'),
  groups: z.array(z.string()).describe('of a user'),
});
export type HolderPolicies = z.infer<typeof holderPoliciesSchema>;

export const policyDocumentSchema = z.strictObject({ document: z.string().max(65_536).describe('JSON') });
const arnSchema = z.string().min(20).max(2048);
export const attachPolicySchema = z.strictObject({ arn: arnSchema });
export const boundarySchema = z.strictObject({ arn: arnSchema.nullable().describe('null: no limit') });

const PATH = '/api/v1/policy-holders/{kind}/{name}';
const ARN = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
const DENIED = errorAnswer('This user may not do that', 'AccessDenied');
const NOTHING = errorAnswer('There is no such user, group, role or policy', 'NoSuchEntity');
const CHANGED = { description: 'Changed', contentType: 'application/json' } as const;

export const getHolderPolicies = {
  name: 'getHolderPolicies',
  method: 'get',
  path: `${PATH}/policies`,
  tag: 'people',
  summary: 'The policies of a user, group or role',
  access: 'session',
  answers: {
    200: {
      description: 'Policies',
      contentType: 'application/json',
      schema: holderPoliciesSchema,
      example: {
        attached: [{ name: 'AmazonS3ReadOnlyAccess', arn: ARN }],
        inline: [{ name: 'own', document: DOCUMENT }],
        boundary: null,
        groups: ['office'],
      },
    },
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const putInlinePolicy = {
  name: 'putInlinePolicy',
  method: 'put',
  path: `${PATH}/inline-policies/{policy}`,
  tag: 'people',
  summary: 'Write a policy into a user, group or role',
  access: 'session',
  body: { schema: policyDocumentSchema, example: { document: DOCUMENT } },
  answers: {
    204: CHANGED,
    400: errorAnswer('The policy cannot be read', 'MalformedPolicyDocument'),
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const deleteInlinePolicy = {
  name: 'deleteInlinePolicy',
  method: 'delete',
  path: `${PATH}/inline-policies/{policy}`,
  tag: 'people',
  summary: 'Take a policy that was written into a user, group or role out of it',
  access: 'session',
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;

export const postAttachedPolicy = {
  name: 'postAttachedPolicy',
  method: 'post',
  path: `${PATH}/attached-policies`,
  tag: 'people',
  summary: 'Attach a managed policy to a user, group or role',
  access: 'session',
  body: { schema: attachPolicySchema, example: { arn: ARN } },
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;

export const deleteAttachedPolicy = {
  name: 'deleteAttachedPolicy',
  method: 'delete',
  path: `${PATH}/attached-policies`,
  tag: 'people',
  summary: 'Detach a managed policy from a user, group or role',
  access: 'session',
  query: { schema: attachPolicySchema, example: { arn: ARN } },
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;

export const putBoundary = {
  name: 'putBoundary',
  method: 'put',
  path: `${PATH}/boundary`,
  tag: 'people',
  summary: 'Set or lift what a user or role may have at most',
  access: 'session',
  body: { schema: boundarySchema, example: { arn: ARN } },
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;
