import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const MAX_NAME_LENGTH = 128;

/** Names of groups and policies (IAM API reference). */
export const iamNameSchema = z
  .string()
  .max(MAX_NAME_LENGTH)
  .regex(/^[\w+=,.@-]+$/, 'a name is letters, digits or +=,.@_-');

const groupSchema = z.strictObject({
  name: z.string(),
  createdAtMs: z.int(),
  members: z.int(),
  policies: z.int().describe('attached to it and written into it'),
});
export type Group = z.infer<typeof groupSchema>;

const groupDetailsSchema = z.strictObject({
  name: z.string(),
  arn: z.string(),
  createdAtMs: z.int(),
  members: z.array(z.strictObject({ name: z.string(), displayName: z.string().nullable() })),
});
export type GroupDetails = z.infer<typeof groupDetailsSchema>;

export const createGroupSchema = z.strictObject({ name: iamNameSchema });

const GROUP: Group = { name: 'office', createdAtMs: 1_789_000_000_000, members: 2, policies: 1 };
const DENIED = errorAnswer('This user may not do that', 'AccessDenied');
const NOTHING = errorAnswer('There is no such group or user, or none of this account', 'NoSuchEntity');
const CHANGED = { description: 'Changed', contentType: 'application/json' } as const;

export const getGroups = {
  name: 'getGroups',
  method: 'get',
  path: '/api/v1/groups',
  tag: 'people',
  summary: "The groups of this user's account, by name",
  access: 'session',
  answers: {
    200: {
      description: 'Groups',
      contentType: 'application/json',
      schema: z.strictObject({ groups: z.array(groupSchema) }),
      example: { groups: [GROUP] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const postGroup = {
  name: 'postGroup',
  method: 'post',
  path: '/api/v1/groups',
  tag: 'people',
  summary: 'Add a group',
  access: 'session',
  body: { schema: createGroupSchema, example: { name: 'office' } },
  answers: {
    201: {
      description: 'Added',
      contentType: 'application/json',
      schema: z.strictObject({ name: z.string() }),
      example: { name: 'office' },
    },
    403: DENIED,
    409: errorAnswer('The name is taken', 'EntityAlreadyExists'),
  },
} as const satisfies Route;

export const getGroup = {
  name: 'getGroup',
  method: 'get',
  path: '/api/v1/groups/{name}',
  tag: 'people',
  summary: 'A group with its members',
  access: 'session',
  answers: {
    200: {
      description: 'The group',
      contentType: 'application/json',
      schema: groupDetailsSchema,
      example: {
        name: 'office',
        arn: 'arn:aws:iam::210987654321:group/office',
        createdAtMs: 1_789_000_000_000,
        members: [{ name: 'bert', displayName: 'Bert Berg' }],
      },
    },
    403: DENIED,
    404: NOTHING,
  },
} as const satisfies Route;

export const deleteGroup = {
  name: 'deleteGroup',
  method: 'delete',
  path: '/api/v1/groups/{name}',
  tag: 'people',
  summary: 'Delete a group that has neither members nor policies',
  access: 'session',
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    403: DENIED,
    404: NOTHING,
    409: errorAnswer('It still has members or policies', 'DeleteConflict'),
  },
} as const satisfies Route;

export const putGroupMember = {
  name: 'putGroupMember',
  method: 'put',
  path: '/api/v1/groups/{name}/members/{user}',
  tag: 'people',
  summary: 'Put a user into a group',
  access: 'session',
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;

export const deleteGroupMember = {
  name: 'deleteGroupMember',
  method: 'delete',
  path: '/api/v1/groups/{name}/members/{user}',
  tag: 'people',
  summary: 'Take a user out of a group',
  access: 'session',
  answers: { 204: CHANGED, 403: DENIED, 404: NOTHING },
} as const satisfies Route;
