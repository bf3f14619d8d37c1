import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { iamNameSchema } from './groups.ts';
import type { Route } from './route.ts';

const MIN_SESSION_SECONDS = 3600;
const MAX_SESSION_SECONDS = 43_200;
const trustSchema = z.string().max(65_536).describe('JSON: who may take the role');
const descriptionSchema = z.string().max(1000);
const secondsSchema = z.int().min(MIN_SESSION_SECONDS).max(MAX_SESSION_SECONDS);

export const roleSchema = z.strictObject({
  name: z.string(),
  arn: z.string(),
  description: z.string(),
  trustPolicy: trustSchema,
  maxSessionSeconds: z.int(),
  createdAtMs: z.int(),
});
export type IamRole = z.infer<typeof roleSchema>;

export const createRoleSchema = z.strictObject({
  name: iamNameSchema.max(64),
  description: descriptionSchema.default(''),
  trustPolicy: trustSchema,
  maxSessionSeconds: secondsSchema.default(MIN_SESSION_SECONDS),
});
export const updateRoleSchema = z.strictObject({
  description: descriptionSchema.optional(),
  trustPolicy: trustSchema.optional(),
  maxSessionSeconds: secondsSchema.optional(),
});

const TRUST =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"sts:AssumeRole"}}';
const ROLE: IamRole = {
  name: 'backup',
  arn: 'arn:aws:iam::210987654321:role/backup',
  description: 'For the nightly backup',
  trustPolicy: TRUST,
  maxSessionSeconds: 3600,
  createdAtMs: 1_789_000_000_000,
};
const DENIED = errorAnswer('This user may not do that', 'AccessDenied');
const NOTHING = errorAnswer('There is no such role in this account', 'NoSuchEntity');
const MALFORMED = errorAnswer('The trust policy cannot be read', 'MalformedPolicyDocument');

export const getRoles = {
  name: 'getRoles',
  method: 'get',
  path: '/api/v1/roles',
  tag: 'people',
  summary: "The roles of this user's account, by name",
  access: 'session',
  answers: {
    200: {
      description: 'Roles',
      contentType: 'application/json',
      schema: z.strictObject({ accountId: z.string(), roles: z.array(roleSchema) }),
      example: { accountId: '210987654321', roles: [ROLE] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const postRole = {
  name: 'postRole',
  method: 'post',
  path: '/api/v1/roles',
  tag: 'people',
  summary: 'Add a role',
  access: 'session',
  body: { schema: createRoleSchema, example: { name: 'backup', trustPolicy: TRUST } },
  answers: {
    201: {
      description: 'Added',
      contentType: 'application/json',
      schema: z.strictObject({ name: z.string() }),
      example: { name: 'backup' },
    },
    400: MALFORMED,
    403: DENIED,
    409: errorAnswer('The name is taken', 'EntityAlreadyExists'),
  },
} as const satisfies Route;

export const getRole = {
  name: 'getRole',
  method: 'get',
  path: '/api/v1/roles/{name}',
  tag: 'people',
  summary: 'A role',
  access: 'session',
  answers: {
    200: { description: 'The role', contentType: 'application/json', schema: roleSchema, example: ROLE },
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const patchRole = {
  name: 'patchRole',
  method: 'patch',
  path: '/api/v1/roles/{name}',
  tag: 'people',
  summary: 'Change what a role is for, who may take it and for how long',
  access: 'session',
  body: { schema: updateRoleSchema, example: { trustPolicy: TRUST } },
  answers: {
    204: { description: 'Changed', contentType: 'application/json' },
    400: MALFORMED,
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const deleteRole = {
  name: 'deleteRole',
  method: 'delete',
  path: '/api/v1/roles/{name}',
  tag: 'people',
  summary: 'Delete a role without policies; its sessions end at once',
  access: 'session',
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    403: DENIED,
    404: NOTHING,
    409: errorAnswer('It still has policies', 'DeleteConflict'),
  },
} as const satisfies Route;
