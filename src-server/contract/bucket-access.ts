import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** AWS's limit of a bucket policy: 20 KB. */
export const MAX_POLICY_BYTES = 20 * 1024;

/** The four switches of Block Public Access, as AWS names them. */
export const publicAccessBlockSchema = z.strictObject({
  blockPublicAcls: z.boolean().describe('refuses new ACLs that are public'),
  ignorePublicAcls: z.boolean().describe('ACLs that are public count for nothing'),
  blockPublicPolicy: z.boolean().describe('refuses a new policy that is public'),
  restrictPublicBuckets: z.boolean().describe('of a public policy, only what it gives the own account counts'),
});
export type PublicAccessBlock = z.infer<typeof publicAccessBlockSchema>;

/** What a bucket says of its own access. */
export const bucketAccessSchema = z.strictObject({
  publicAccessBlock: publicAccessBlockSchema,
  policy: z.strictObject({ text: z.string().describe('as it was put') }).nullable(),
  publicThrough: z.array(z.enum(['policy'])).describe('what lets in people whom it does not name, now; nothing: none'),
});
export type BucketAccess = z.infer<typeof bucketAccessSchema>;

/** How much a bucket may hold, and holds. */
export const bucketQuotaSchema = z.strictObject({
  quotaBytes: z.int().nullable().describe('logical bytes of all versions, open parts and the bin; null: no limit'),
  quotaObjects: z.int().nullable().describe('current objects; null: no limit'),
  heldBytes: z.int(),
  heldObjects: z.int(),
  tenant: z
    .strictObject({ quotaBytes: z.int().nullable(), heldBytes: z.int() })
    .nullable()
    .describe('of all buckets of its tenant; null: not for this user to see'),
  mayChange: z.boolean().describe('admins may'),
});
export type BucketQuota = z.infer<typeof bucketQuotaSchema>;

/** A limit to set: from 1 on. */
export const limitSchema = z.int().min(1).nullable();
export const policyTextSchema = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= MAX_POLICY_BYTES, 'a bucket policy has 20 KB at most');

export const checkPolicySchema = z.strictObject({ policy: policyTextSchema });
export const policyVerdictSchema = z.strictObject({
  verdict: z
    .enum(['fine', 'public', 'malformed', 'blocked', 'locks-out'])
    .describe(
      'public: it would let in people whom it does not name; blocked: it would, and Block Public Access refuses it; locks-out: who asks could not change it again',
    ),
  problem: z.string().nullable().describe('what is malformed, in the words of S3'),
});
export type PolicyVerdict = z.infer<typeof policyVerdictSchema>;

export const postPolicyCheck = {
  name: 'postPolicyCheck',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/policy/check',
  tag: 'buckets',
  summary: 'What would be said of a bucket policy; nothing is changed',
  access: 'session',
  body: {
    schema: checkPolicySchema,
    example: { policy: '{"Version":"2012-10-17","Statement":[]}' },
    maxBytes: 64 * 1024,
  },
  answers: {
    200: {
      description: 'Judged',
      contentType: 'application/json',
      schema: policyVerdictSchema,
      example: { verdict: 'malformed', problem: 'Policy has invalid resource' },
    },
    403: errorAnswer('This user may not set a policy here', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
