import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const limit = z.int().min(0).nullable();

export const tenantSchema = z.strictObject({
  name: z.string(),
  accountId: z.string().describe('12 digits: what AWS calls an account'),
  state: z.enum(['active', 'suspended']).describe('suspended: nobody of it gets in, by key or by password'),
  createdAtMs: z.int(),
  quotaBytes: limit.describe('of all versions, open parts and bins of its buckets; null: no limit'),
  maxBuckets: limit,
  maxKeys: limit.describe('access keys of all its users'),
  usedBytes: z.int(),
  buckets: z.int(),
  keys: z.int(),
  users: z.int(),
});
export type Tenant = z.infer<typeof tenantSchema>;

export const createTenantSchema = z.strictObject({
  name: z.string().regex(/^[^\p{C}]{1,128}$/u, 'a tenant name is 1-128 printable characters'),
  quotaBytes: limit.default(null),
  maxBuckets: limit.default(null),
  maxKeys: limit.default(null),
});

export const updateTenantSchema = z
  .strictObject({
    state: z.enum(['active', 'suspended']).optional(),
    quotaBytes: limit.optional(),
    maxBuckets: limit.optional(),
    maxKeys: limit.optional(),
  })
  .describe('what is left out stays; null takes a limit away');

const TENANT: Tenant = {
  name: 'acme',
  accountId: '123456789012',
  state: 'active',
  createdAtMs: 1_789_000_000_000,
  quotaBytes: 2_000_000_000_000,
  maxBuckets: 20,
  maxKeys: null,
  usedBytes: 38_000_000_000,
  buckets: 3,
  keys: 4,
  users: 2,
};
const DENIED = errorAnswer('Only for who runs the install', 'AccessDenied');

export const getTenants = {
  name: 'getTenants',
  method: 'get',
  path: '/api/v1/tenants',
  tag: 'people',
  summary: 'All tenants, what they may have and what they have',
  access: 'session',
  answers: {
    200: {
      description: 'Tenants, by name',
      contentType: 'application/json',
      schema: z.strictObject({ tenants: z.array(tenantSchema) }),
      example: { tenants: [TENANT] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const postTenant = {
  name: 'postTenant',
  method: 'post',
  path: '/api/v1/tenants',
  tag: 'people',
  summary: 'Add a tenant',
  access: 'session',
  body: { schema: createTenantSchema, example: { name: 'acme', quotaBytes: 2_000_000_000_000 } },
  answers: {
    201: { description: 'Added', contentType: 'application/json', schema: tenantSchema, example: TENANT },
    403: DENIED,
    409: errorAnswer('The name is taken', 'EntityAlreadyExists'),
  },
} as const satisfies Route;

export const patchTenant = {
  name: 'patchTenant',
  method: 'patch',
  path: '/api/v1/tenants/{tenant}',
  tag: 'people',
  summary: 'Change the limits of a tenant, suspend it, or let it in again',
  access: 'session',
  body: { schema: updateTenantSchema, example: { maxBuckets: 50 } },
  answers: {
    200: { description: 'Changed', contentType: 'application/json', schema: tenantSchema, example: TENANT },
    403: DENIED,
    404: errorAnswer('There is no such tenant', 'NoSuchEntity'),
  },
} as const satisfies Route;
