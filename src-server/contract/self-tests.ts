import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** What the self-test does, in this order. */
export const SELF_TEST_STEPS = [
  'reach',
  'refuse-unsigned',
  'refuse-wrong-secret',
  'list',
  'put',
  'get',
  'range',
  'refuse-wrong-checksum',
  'multipart',
  'multipart-range',
  'presigned',
  'delete',
] as const;
export type SelfTestStepId = (typeof SELF_TEST_STEPS)[number];

export const selfTestStepSchema = z.strictObject({
  id: z.enum(SELF_TEST_STEPS),
  result: z.enum(['passed', 'failed', 'skipped']).describe('skipped: a step it stands on failed'),
  durationMs: z.number(),
  detail: z.string().nullable().describe('what was answered instead; null where it passed'),
});
export type SelfTestStep = z.infer<typeof selfTestStepSchema>;

export const startSelfTestSchema = z.strictObject({
  bucket: z.string().min(1).max(63),
  accessKeyId: z
    .string()
    .max(128)
    .optional()
    .describe("one of one's own keys; without it one is made for the test and removed after it"),
  run: z.string().min(1).max(64).describe('chosen by the caller: names this run in its live events'),
});

export const postSelfTest = {
  name: 'postSelfTest',
  method: 'post',
  path: '/api/v1/self-tests',
  tag: 'system',
  summary: 'Let the server use its own S3 port as a client would; each step is also a live event',
  access: 'session',
  body: { schema: startSelfTestSchema, example: { bucket: 'office', run: '7c1e' } },
  answers: {
    200: {
      description: 'Every step; nothing of the test is left in the bucket',
      contentType: 'application/json',
      schema: z.strictObject({ passed: z.boolean(), steps: z.array(selfTestStepSchema) }),
      example: { passed: true, steps: [{ id: 'reach', result: 'passed', durationMs: 2.1, detail: null }] },
    },
    404: errorAnswer('There is no such bucket, or no such key of this user', 'NoSuchEntity'),
    409: errorAnswer('A test of this user is running', 'OperationAborted'),
  },
} as const satisfies Route;
