import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const KEY_LABEL_MAX = 100;
/** The longest time that an old key may work beside the one that follows it. */
export const MAX_OVERLAP_HOURS = 720;

const labelSchema = z
  .string()
  .max(KEY_LABEL_MAX)
  .regex(/^[^\p{C}]*$/u, 'printable characters only')
  .describe('what it is for');
const policySchema = z
  .string()
  .max(20_480)
  .nullable()
  .describe('JSON of a policy: what it may do at most; null: what its user may');
const sourceIpsSchema = z
  .array(z.string().min(1).max(64))
  .min(1)
  .max(50)
  .nullable()
  .describe('addresses and CIDR blocks that it may come from; null: from everywhere');
const expirySchema = z.int().min(0).nullable().describe('from then on it is refused; null: never');

/** An access key as lists show it; its secret stands in no list. */
export const keySchema = z.strictObject({
  accessKeyId: z.string(),
  userName: z.string().describe('whose it is'),
  label: z.string(),
  state: z.enum(['active', 'disabled', 'expired']),
  createdAtMs: z.int(),
  expiresAtMs: z.int().nullable(),
  policy: z.string().nullable().describe('what it may do at most; null: what its user may'),
  sourceIps: z.array(z.string()).nullable().describe('where it may come from; null: from everywhere'),
  lastUse: z
    .strictObject({
      atMs: z.int(),
      address: z.string(),
      client: z.string().describe('User-Agent, cut at 200 characters'),
    })
    .nullable()
    .describe('written back now and then: minutes old at most'),
});
export type KeySummary = z.infer<typeof keySchema>;

export const keyPairSchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string().describe('shown this once, stored sealed'),
});
export type KeyPair = z.infer<typeof keyPairSchema>;

export const keysQuerySchema = z.strictObject({
  of: z
    .enum(['own', 'everybody'])
    .default('own')
    .describe("everybody: admins, of those they may manage; else one's own"),
});

export const createKeySchema = z.strictObject({
  label: labelSchema.default(''),
  userName: z.string().min(1).max(64).optional().describe('whose it becomes; an admin may name another'),
  expiresAtMs: expirySchema.default(null),
  policy: policySchema.default(null),
  sourceIps: sourceIpsSchema.default(null),
});

export const updateKeySchema = z.strictObject({
  state: z.enum(['active', 'disabled']).optional(),
  label: labelSchema.optional(),
  expiresAtMs: expirySchema.optional(),
  policy: policySchema.optional(),
  sourceIps: sourceIpsSchema.optional(),
});

export const rotateKeySchema = z.strictObject({
  overlapHours: z.number().min(0).max(MAX_OVERLAP_HOURS).describe('how long the old key works beside the new one'),
});

const PAIR: KeyPair = { accessKeyId: 'STOWEXAMPLE234567ABC', secretAccessKey: 'Ye…' };
const NO_KEY = errorAnswer('There is no such key, or it is not yours to change', 'NoSuchEntity');
const TOO_MANY = errorAnswer('This user has as many keys as there may be', 'LimitExceeded');

export const getKeys = {
  name: 'getKeys',
  method: 'get',
  path: '/api/v1/keys',
  tag: 'people',
  summary: 'Access keys, the newest first',
  access: 'session',
  query: { schema: keysQuerySchema, example: { of: 'own' } },
  answers: {
    200: {
      description: 'Keys',
      contentType: 'application/json',
      schema: z.strictObject({ keys: z.array(keySchema) }),
      example: {
        keys: [
          {
            accessKeyId: PAIR.accessKeyId,
            userName: 'anna',
            label: 'restic on the laptop',
            state: 'active',
            createdAtMs: 1_789_000_000_000,
            expiresAtMs: null,
            policy: null,
            sourceIps: ['192.168.1.0/24'],
            lastUse: { atMs: 1_789_000_360_000, address: '192.168.1.20', client: 'restic/0.18' },
          },
        ],
      },
    },
    403: errorAnswer("Only an admin sees other people's keys", 'AccessDenied'),
  },
} as const satisfies Route;

export const postKey = {
  name: 'postKey',
  method: 'post',
  path: '/api/v1/keys',
  tag: 'people',
  summary: 'Create an access key; its secret is in this answer only',
  access: 'session',
  body: { schema: createKeySchema, example: { label: 'restic on the laptop' } },
  answers: {
    201: { description: 'Created', contentType: 'application/json', schema: keyPairSchema, example: PAIR },
    403: errorAnswer('Only an admin creates keys for others', 'AccessDenied'),
    404: errorAnswer('There is no such user', 'NoSuchEntity'),
    409: TOO_MANY,
  },
} as const satisfies Route;

export const patchKey = {
  name: 'patchKey',
  method: 'patch',
  path: '/api/v1/keys/{id}',
  tag: 'people',
  summary: 'Disable or enable a key, or change its label, expiry or limits; counts from the next request on',
  access: 'session',
  body: { schema: updateKeySchema, example: { state: 'disabled' } },
  answers: { 204: { description: 'Changed', contentType: 'application/json' }, 404: NO_KEY },
} as const satisfies Route;

export const deleteKey = {
  name: 'deleteKey',
  method: 'delete',
  path: '/api/v1/keys/{id}',
  tag: 'people',
  summary: 'Delete a key; counts from the next request on',
  access: 'session',
  answers: { 204: { description: 'Deleted', contentType: 'application/json' }, 404: NO_KEY },
} as const satisfies Route;

export const postRotateKey = {
  name: 'postRotateKey',
  method: 'post',
  path: '/api/v1/keys/{id}/rotate',
  tag: 'people',
  summary: 'Put a new key beside an old one, which ends after a while',
  access: 'session',
  body: { schema: rotateKeySchema, example: { overlapHours: 24 } },
  answers: {
    201: { description: 'The new key', contentType: 'application/json', schema: keyPairSchema, example: PAIR },
    404: NO_KEY,
    409: TOO_MANY,
  },
} as const satisfies Route;
