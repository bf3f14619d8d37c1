import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const applianceStatusSchema = z.enum(['fine', 'working', 'attention', 'stopped']);
export type ApplianceStatus = z.infer<typeof applianceStatusSchema>;

const partsShape = {
  totalBytes: z.int().describe('size; the other four add up to it'),
  dataBytes: z.int().describe('stored bytes of objects, versions and open uploads'),
  overheadBytes: z.int().describe('deleted and not collected yet, records of the log, the catalogue and its copies'),
  otherBytes: z.int().describe('files that are not of Stowage, and what the file system keeps for itself'),
  freeBytes: z.int(),
};

const attentionSchema = z.strictObject({
  cause: z.enum([
    'catalogue-fails',
    'writes-refused',
    'no-writable-disk',
    'writes-failing',
    'disk-absent',
    'disk-suspect',
    'disk-full',
    'disk-filling',
    'job-failing',
    'locks-held',
    'history-off',
  ]),
  subject: z.string().nullable().describe('name of the disk or job'),
  detail: z.string().nullable().describe('what the system said'),
});
export type AttentionItem = z.infer<typeof attentionSchema>;

const diskSchema = z.strictObject({
  id: z.int(),
  uuid: z.string().describe('stands in stowage-disk.json on the disk'),
  name: z.string(),
  path: z.string(),
  tier: z.enum(['hot', 'warm', 'cold']),
  state: z.enum(['fine', 'attention', 'stopped', 'unknown']).describe('unknown: it is not there'),
  hasLog: z.boolean().describe('new small objects and the log stand here'),
  isSuspect: z.boolean().describe('it refused a call since the start'),
  faults: z.int().describe('calls refused and damaged bytes found, since the start'),
  absentReason: z.string().nullable(),
  space: z
    .strictObject({
      ...partsShape,
      files: z.int(),
      sharesWith: z.array(z.string()).describe('other disks on the same file system'),
    })
    .nullable()
    .describe('null: it is not there'),
});
export type DiskView = z.infer<typeof diskSchema>;

const forecastSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-enough-history'), days: z.int(), daysWanted: z.int() }),
  z.strictObject({ kind: z.literal('not-growing'), bytesPerDay: z.number() }),
  z.strictObject({ kind: z.literal('far-away'), bytesPerDay: z.number() }),
  z.strictObject({
    kind: z.literal('full-at'),
    bytesPerDay: z.number(),
    atMs: z.int(),
    earliestMs: z.int(),
    latestMs: z.int().nullable().describe('null: it may never be'),
  }),
]);
export type ForecastView = z.infer<typeof forecastSchema>;

const programSchema = z.strictObject({
  id: z.string().describe('restic, or other'),
  name: z.string(),
  version: z.string().nullable(),
});

const contactSchema = z.strictObject({
  client: programSchema,
  accessKeyId: z.string().nullable().describe('null: without a key that was proven'),
  firstMs: z.int(),
  lastMs: z.int(),
  lastWriteMs: z.int().nullable(),
  lastErrorMs: z.int().nullable(),
  lastErrorCode: z.string().nullable(),
  bucket: z.string().nullable(),
  address: z.string().nullable(),
  requests: z.int(),
  errors: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
});
export type ContactView = z.infer<typeof contactSchema>;

export const nowShape = {
  atMs: z.int(),
  bytesIn: z.number().describe('a second'),
  bytesOut: z.number().describe('a second'),
  requests: z.number().describe('a second'),
  p50: z.number().nullable().describe('milliseconds'),
  p99: z.number().nullable().describe('milliseconds'),
};
const nowSchema = z.strictObject(nowShape);
export type NowView = z.infer<typeof nowSchema>;

const overviewSchema = z.strictObject({
  atMs: z.int(),
  status: applianceStatusSchema,
  busyJob: z.string().nullable(),
  attention: z.array(attentionSchema),
  capacity: z.strictObject(partsShape),
  stored: z
    .strictObject({
      buckets: z.int(),
      objects: z.int(),
      versions: z.int(),
      uploads: z.int(),
      bytes: z.int().describe('sizes of all versions and open uploads added up; copies share stored bytes'),
    })
    .describe('what clients see'),
  largestBuckets: z.array(z.strictObject({ name: z.string(), bytes: z.int(), objects: z.int() })),
  disks: z.array(diskSchema),
  forecast: forecastSchema,
  now: nowSchema.nullable(),
  contacts: z.array(contactSchema).describe('last seen first'),
});
export type OverviewView = z.infer<typeof overviewSchema>;

const MS = 1_789_000_000_000;
const PARTS = { totalBytes: 1000, dataBytes: 400, overheadBytes: 50, otherBytes: 150, freeBytes: 400 };
const EXAMPLE: OverviewView = {
  atMs: MS,
  status: 'attention',
  busyJob: null,
  attention: [{ cause: 'disk-absent', subject: 'archive', detail: 'the disk is not mounted there' }],
  capacity: PARTS,
  stored: { buckets: 1, objects: 1204, versions: 1300, uploads: 0, bytes: 390 },
  largestBuckets: [{ name: 'office', bytes: 390, objects: 1204 }],
  disks: [
    {
      id: 1,
      uuid: '0f6a3f2e-8f2b-4f0e-9d5c-0f0a8a3c1b7d',
      name: 'main',
      path: '/srv/stowage',
      tier: 'hot',
      state: 'fine',
      hasLog: true,
      isSuspect: false,
      faults: 0,
      absentReason: null,
      space: { ...PARTS, files: 3, sharesWith: [] },
    },
  ],
  forecast: { kind: 'not-enough-history', days: 2, daysWanted: 7 },
  now: { atMs: MS, bytesIn: 142e6, bytesOut: 18e6, requests: 310, p50: 3, p99: 9 },
  contacts: [
    {
      client: { id: 'restic', name: 'restic', version: '0.16.4' },
      accessKeyId: 'AKIAEXAMPLE',
      firstMs: MS,
      lastMs: MS,
      lastWriteMs: MS,
      lastErrorMs: null,
      lastErrorCode: null,
      bucket: 'office',
      address: '192.0.2.7',
      requests: 12,
      errors: 0,
      bytesIn: 100,
      bytesOut: 20,
    },
  ],
};

export const getOverview = {
  name: 'getOverview',
  method: 'get',
  path: '/api/v1/overview',
  tag: 'storage',
  summary: 'How the appliance is: status, capacity, disks, what happens now, who was there',
  access: 'session',
  answers: {
    200: { description: 'The overview', contentType: 'application/json', schema: overviewSchema, example: EXAMPLE },
    403: errorAnswer('This user does not operate the appliance', 'AccessDenied'),
  },
} as const satisfies Route;

const statusSchema = z.strictObject({
  status: applianceStatusSchema,
  attention: z.int().describe('how many things need attention'),
  atMs: z.int(),
});

export const getStatus = {
  name: 'getStatus',
  method: 'get',
  path: '/api/v1/status',
  tag: 'system',
  summary: 'The status word of the appliance, for whoever signed in',
  access: 'session',
  answers: {
    200: {
      description: 'The word',
      contentType: 'application/json',
      schema: statusSchema,
      example: { status: 'fine', attention: 0, atMs: MS },
    },
  },
} as const satisfies Route;

export const HISTORY_RANGE_NAMES = ['1h', '24h', '7d', '30d', '1y'] as const;
export type HistoryRangeName = (typeof HISTORY_RANGE_NAMES)[number];

export const historyQuerySchema = z.strictObject({
  topic: z.enum(['server', 'buckets']).default('server'),
  range: z.enum(HISTORY_RANGE_NAMES),
  series: z
    .string()
    .regex(/^[\w.*-]{1,120}(?:,[\w.*-]{1,120}){0,39}$/)
    .describe('at most 40 names between commas; `error.*` asks for all that begin so'),
});

const pointSchema = z
  .tuple([z.number(), z.number(), z.number()])
  .nullable()
  .describe('least, mean, greatest of the step; null: not measured');

export const getHistory = {
  name: 'getHistory',
  method: 'get',
  path: '/api/v1/history',
  tag: 'activity',
  summary: 'What was measured: of the server, or bytes and objects of each bucket',
  access: 'session',
  query: { schema: historyQuerySchema, example: { range: '24h', series: 'in,out' } },
  answers: {
    200: {
      description: 'At most 600 steps, the last one is now',
      contentType: 'application/json',
      schema: z.strictObject({
        fromMs: z.int(),
        stepMs: z.int(),
        series: z.array(z.strictObject({ name: z.string(), points: z.array(pointSchema) })),
      }),
      example: { fromMs: MS, stepMs: 300_000, series: [{ name: 'in', points: [[0, 10, 200], null] }] },
    },
    403: errorAnswer('This user does not operate the appliance', 'AccessDenied'),
  },
} as const satisfies Route;
