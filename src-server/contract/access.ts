import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const ORIGINS = ['user', 'group', 'role', 'boundary', 'session', 'access-key', 'bucket', 'trust'] as const;

const originSchema = z.strictObject({
  kind: z.enum(ORIGINS).describe('what the policy is attached to'),
  name: z.string().describe('of the policy, or of what carries it'),
});

/** What decided about access. */
export const accessReasonSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('statement').describe('a statement of a policy'),
    origin: originSchema,
    sid: z.string().nullable(),
    index: z.int().describe('of the statement in its policy, from 0'),
  }),
  z.strictObject({ kind: z.literal('unreadable').describe('a policy that cannot be read'), origin: originSchema }),
  z.strictObject({ kind: z.literal('limit').describe('a policy that does not allow it'), origin: originSchema }),
  z.strictObject({ kind: z.literal('role').describe('the built-in role of the user') }),
  z.strictObject({ kind: z.literal('acl').describe('an access control list') }),
  z.strictObject({ kind: z.literal('nothing').describe('nobody allows it') }),
]);
export type AccessReason = z.infer<typeof accessReasonSchema>;

export const simulateAccessSchema = z.strictObject({
  principal: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('anonymous') }),
      z.strictObject({ kind: z.enum(['user', 'role', 'key']), name: z.string().min(1).max(128) }),
    ])
    .optional()
    .describe('absent: the caller'),
  action: z
    .string()
    .regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/)
    .max(128)
    .describe('as IAM spells it'),
  bucket: z.string().min(1).max(63).optional(),
  key: z.string().min(1).max(1024).optional(),
  resource: z.string().max(2048).optional().describe('the ARN of what an action of IAM is about'),
  facts: z
    .record(z.string().min(1).max(128), z.string().max(1024))
    .default({})
    .describe('condition keys of the request that is thought of: aws:SourceIp, s3:prefix …'),
});

export const accessDecisionSchema = z.strictObject({
  effect: z.enum(['allow', 'implicit-deny', 'explicit-deny']),
  reason: accessReasonSchema,
});
export type AccessDecision = z.infer<typeof accessDecisionSchema>;

export const listReadersSchema = z.strictObject({
  bucket: z.string().min(1).max(63),
  key: z.string().min(1).max(1024).optional().describe('absent: who may list the bucket'),
});

export const readersSchema = z.strictObject({
  readers: z.array(
    z.strictObject({
      kind: z.enum(['anonymous', 'user', 'role', 'key']).describe('key: one that is narrower than its user'),
      name: z.string().describe('empty for anonymous'),
      holder: z.string().nullable().describe('of a key: whose it is'),
      reason: accessReasonSchema,
    }),
  ),
  isComplete: z.boolean().describe('false: there are more people than were asked about'),
});
export type AccessReaders = z.infer<typeof readersSchema>;

const EXAMPLE_REASON: AccessReason = {
  kind: 'statement',
  origin: { kind: 'bucket', name: 'backups' },
  sid: 'ReadersOfTheOffice',
  index: 1,
};

export const postAccessSimulation = {
  name: 'postAccessSimulation',
  method: 'post',
  path: '/api/v1/access/simulate',
  tag: 'people',
  summary: 'What access control would answer, and which statement decides; nothing is done',
  access: 'session',
  body: {
    schema: simulateAccessSchema,
    example: {
      principal: { kind: 'user', name: 'anna' },
      action: 's3:GetObject',
      bucket: 'backups',
      key: 'a/1',
      facts: {},
    },
  },
  answers: {
    200: {
      description: 'The decision',
      contentType: 'application/json',
      schema: accessDecisionSchema,
      example: { effect: 'allow', reason: EXAMPLE_REASON },
    },
    403: errorAnswer('This user may not ask about others there', 'AccessDenied'),
    404: errorAnswer('There is no such bucket, user, role or key', 'NoSuchEntity'),
  },
} as const satisfies Route;

export const getAccessReaders = {
  name: 'getAccessReaders',
  method: 'get',
  path: '/api/v1/access/readers',
  tag: 'people',
  summary: 'Who may read an object or list a bucket, and why',
  access: 'session',
  query: { schema: listReadersSchema, example: { bucket: 'backups', key: 'a/1' } },
  answers: {
    200: {
      description: 'Those who may',
      contentType: 'application/json',
      schema: readersSchema,
      example: {
        readers: [
          { kind: 'user', name: 'anna', holder: null, reason: { kind: 'role' } },
          { kind: 'key', name: 'STOWAGEEXAMPLE234567', holder: 'anna', reason: EXAMPLE_REASON },
        ],
        isComplete: true,
      },
    },
    403: errorAnswer('This user may not see the bucket’s policy, or who the users are', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
