import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const seenRequestSchema = z.strictObject({
  id: z.string().describe('x-amz-request-id of the answer'),
  atMs: z.int().describe('when its first byte came'),
  method: z.string(),
  action: z.string().describe("AWS's name, or none"),
  bucket: z.string().nullable(),
  key: z.string().nullable(),
  query: z.string().describe('values that could be a secret are left out'),
  host: z.string().nullable(),
  status: z.int(),
  errorCode: z.string().nullable(),
  durationMs: z.number(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  client: z.strictObject({ id: z.string(), name: z.string(), version: z.string().nullable() }),
  userAgent: z.string(),
  address: z.string().nullable(),
  user: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  isKeyProven: z.boolean().describe('false: only claimed by a request that was refused'),
});
export type SeenRequestView = z.infer<typeof seenRequestSchema>;

export const logLineSchema = z.strictObject({
  number: z.int(),
  atMs: z.int(),
  level: z.string(),
  text: z.string(),
  fields: z.record(z.string(), z.string()).describe('redacted, as in the log itself'),
});
export type LogLineView = z.infer<typeof logLineSchema>;

const jobSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['running', 'resting', 'failing', 'stopped']),
  steps: z.int().describe('since the start'),
  lastStepMs: z.int().nullable(),
  nextStepMs: z.int().nullable().describe('null while a step is under way'),
  busySinceMs: z.int().nullable(),
  lastError: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type JobItem = z.infer<typeof jobSchema>;

const MS = 1_789_000_000_000;
const REQUEST: SeenRequestView = {
  id: '6F1A0C2B9D3E4F50',
  atMs: MS,
  method: 'GET',
  action: 'GetObject',
  bucket: 'office',
  key: 'plan.md',
  query: 'versionId=null',
  host: '127.0.0.1:9000',
  status: 404,
  errorCode: 'NoSuchKey',
  durationMs: 1.2,
  bytesIn: 0,
  bytesOut: 312,
  client: { id: 'rclone', name: 'rclone', version: '1.60.1' },
  userAgent: 'rclone/v1.60.1',
  address: '192.0.2.7',
  user: 'anna',
  accessKeyId: 'AKIAEXAMPLE',
  isKeyProven: true,
};
const LINE: LogLineView = {
  number: 1,
  atMs: MS,
  level: 'info',
  text: 'ready',
  fields: { s3: 'http://127.0.0.1:9000' },
};
const DENIED = errorAnswer('This user does not operate the appliance', 'AccessDenied');

export const getRequests = {
  name: 'getRequests',
  method: 'get',
  path: '/api/v1/activity/requests',
  tag: 'activity',
  summary: 'The last S3 requests of all threads, newest first',
  access: 'session',
  answers: {
    200: {
      description: 'At most 500',
      contentType: 'application/json',
      schema: z.strictObject({ requests: z.array(seenRequestSchema), region: z.string(), endpoint: z.string() }),
      example: { requests: [REQUEST], region: 'us-east-1', endpoint: 'http://127.0.0.1:9000' },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const getRequest = {
  name: 'getRequest',
  method: 'get',
  path: '/api/v1/activity/requests/{id}',
  tag: 'activity',
  summary: 'One of the last S3 requests, by the id that its answer carried',
  access: 'session',
  answers: {
    200: {
      description: 'The request',
      contentType: 'application/json',
      schema: seenRequestSchema,
      example: REQUEST,
    },
    403: DENIED,
    404: errorAnswer('It is not among the last ones', 'NoSuchRequest'),
  },
} as const satisfies Route;

export const getLog = {
  name: 'getLog',
  method: 'get',
  path: '/api/v1/activity/log',
  tag: 'activity',
  summary: 'The newest lines of the log, oldest first',
  access: 'session',
  answers: {
    200: {
      description: 'At most 1,000',
      contentType: 'application/json',
      schema: z.strictObject({ lines: z.array(logLineSchema) }),
      example: { lines: [LINE] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const activityStreamQuerySchema = z.strictObject({ show: z.enum(['requests', 'log']) });

export const getActivityStream = {
  name: 'getActivityStream',
  method: 'get',
  path: '/api/v1/activity/stream',
  tag: 'activity',
  summary: 'Requests or lines of the log as they come: server-sent events, for as long as somebody watches',
  access: 'session',
  query: { schema: activityStreamQuerySchema, example: { show: 'requests' } },
  answers: {
    200: {
      description: 'A stream without an end',
      contentType: 'text/event-stream',
      example: 'data: {"kind":"requests","missed":0,"requests":[]}\n\n',
    },
    403: DENIED,
  },
} as const satisfies Route;

export const getJobs = {
  name: 'getJobs',
  method: 'get',
  path: '/api/v1/activity/jobs',
  tag: 'activity',
  summary: 'Background jobs: last, next, result',
  access: 'session',
  answers: {
    200: {
      description: 'The jobs',
      contentType: 'application/json',
      schema: z.strictObject({ jobs: z.array(jobSchema) }),
      example: {
        jobs: [
          {
            name: 'garbage-collection',
            state: 'resting',
            steps: 12,
            lastStepMs: MS,
            nextStepMs: MS,
            busySinceMs: null,
            lastError: null,
            facts: { collected: 3 },
          },
        ],
      },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const postJobRun = {
  name: 'postJobRun',
  method: 'post',
  path: '/api/v1/activity/jobs/{name}/run',
  tag: 'activity',
  summary: 'Do not wait for its next time',
  access: 'session',
  answers: {
    204: { description: 'It runs now', contentType: 'application/json' },
    403: DENIED,
    404: errorAnswer('There is no job of this name', 'NoSuchJob'),
  },
} as const satisfies Route;
