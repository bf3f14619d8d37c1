import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { keySchema } from './keys.ts';
import type { Route } from './route.ts';

const MIN_PASSWORD_LENGTH = 8;

export const passwordSchema = z.string().min(MIN_PASSWORD_LENGTH, 'a password has 8 characters or more').max(1024);
export const userNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9+=,.@_-]{1,64}$/, 'a user name is 1-64 letters, digits or +=,.@_-');
export const displayNameSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{C}]+$/u, 'printable characters only')
  .nullable();
export const emailSchema = z.email().max(254).nullable();
const givenRoleSchema = z
  .enum(['admin', 'user', 'readonly', 'none'])
  .describe('none: what policies say and nothing besides');

export const personSchema = z.strictObject({
  name: z.string(),
  arn: z.string().describe('as policies name them'),
  displayName: z.string().nullable(),
  email: z.string().nullable(),
  role: givenRoleSchema,
  tenant: z.string().nullable(),
  state: z.enum(['active', 'invited', 'disabled']).describe('invited: has no password yet, and a link to choose one'),
  isYou: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAtMs: z.int(),
  lastSeenAtMs: z.int().nullable().describe('last use of a session or key that is known of; minutes old at most'),
  linkExpiresAtMs: z.int().nullable().describe('of the standing link to choose a password'),
  keys: z.int().describe('access keys, whatever their state'),
  buckets: z.int().describe('buckets they own'),
});
export type Person = z.infer<typeof personSchema>;

const personSessionSchema = z.strictObject({
  createdAtMs: z.int(),
  lastUsedAtMs: z.int(),
  address: z.string(),
  client: z.string(),
});

export const personDetailsSchema = z.strictObject({
  person: personSchema,
  keys: z.array(keySchema),
  sessions: z.array(personSessionSchema),
  bucketNames: z.array(z.string()).describe('the first hundred'),
});
export type PersonDetails = z.infer<typeof personDetailsSchema>;

/** Whoever has the token chooses the password: it belongs into the fragment of an address, which no server is sent. */
export const passwordLinkSchema = z.strictObject({
  token: z.string().describe('shown this once; the page is /invite#token'),
  expiresAtMs: z.int(),
});
export type PasswordLink = z.infer<typeof passwordLinkSchema>;

export const createPersonSchema = z.strictObject({
  name: userNameSchema,
  displayName: displayNameSchema.default(null),
  email: emailSchema.default(null),
  role: givenRoleSchema,
  tenant: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("by an admin of the install; left out: the admin's own, or none"),
  password: passwordSchema.optional().describe('left out: they are given a link to choose one'),
});

export const updatePersonSchema = z.strictObject({
  displayName: displayNameSchema.optional(),
  email: emailSchema.optional(),
  role: givenRoleSchema.optional(),
  state: z.enum(['active', 'disabled']).optional(),
});

export const deletePersonQuerySchema = z.strictObject({
  handBucketsTo: userNameSchema.optional().describe('who is given their buckets'),
});

const PERSON: Person = {
  name: 'bert',
  arn: 'arn:aws:iam::123456789012:user/bert',
  displayName: 'Bert Berg',
  email: 'bert@example.org',
  role: 'user',
  tenant: null,
  state: 'active',
  isYou: false,
  hasPassword: true,
  hasSecondFactor: false,
  createdAtMs: 1_789_000_000_000,
  lastSeenAtMs: 1_789_000_360_000,
  linkExpiresAtMs: null,
  keys: 1,
  buckets: 2,
};
const LINK: PasswordLink = { token: 'q7h…', expiresAtMs: 1_789_600_000_000 };
const DENIED = errorAnswer('Admins only, and for some of it another admin', 'AccessDenied');
const NOBODY = errorAnswer('There is no such user, or none of this tenant', 'NoSuchEntity');
const LAST_ADMIN = errorAnswer('This is the last admin, or something still depends on this user', 'DeleteConflict');

export const getPeople = {
  name: 'getPeople',
  method: 'get',
  path: '/api/v1/people',
  tag: 'people',
  summary: 'Users whom this admin manages, by name',
  access: 'session',
  answers: {
    200: {
      description: 'Users',
      contentType: 'application/json',
      schema: z.strictObject({
        people: z.array(personSchema),
        tenants: z.array(z.string()).describe('that a new user can be put into'),
      }),
      example: { people: [PERSON], tenants: [] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const getPerson = {
  name: 'getPerson',
  method: 'get',
  path: '/api/v1/people/{name}',
  tag: 'people',
  summary: 'A user with keys, sessions and buckets',
  access: 'session',
  answers: {
    200: {
      description: 'The user',
      contentType: 'application/json',
      schema: personDetailsSchema,
      example: { person: PERSON, keys: [], sessions: [], bucketNames: ['office'] },
    },
    404: NOBODY,
  },
} as const satisfies Route;

export const postPerson = {
  name: 'postPerson',
  method: 'post',
  path: '/api/v1/people',
  tag: 'people',
  summary: 'Add a user, with a password or with a link to choose one',
  access: 'session',
  body: { schema: createPersonSchema, example: { name: 'bert', displayName: 'Bert Berg', role: 'user' } },
  answers: {
    201: {
      description: 'Added',
      contentType: 'application/json',
      schema: z.strictObject({ name: z.string(), link: passwordLinkSchema.nullable() }),
      example: { name: 'bert', link: LINK },
    },
    403: DENIED,
    409: errorAnswer('The name is taken', 'EntityAlreadyExists'),
  },
} as const satisfies Route;

export const patchPerson = {
  name: 'patchPerson',
  method: 'patch',
  path: '/api/v1/people/{name}',
  tag: 'people',
  summary: 'Change name, e-mail, role or state of a user; who is disabled is out at once, keys and sessions too',
  access: 'session',
  body: { schema: updatePersonSchema, example: { role: 'readonly' } },
  answers: {
    204: { description: 'Changed', contentType: 'application/json' },
    403: DENIED,
    404: NOBODY,
    409: LAST_ADMIN,
  },
} as const satisfies Route;

export const deletePerson = {
  name: 'deletePerson',
  method: 'delete',
  path: '/api/v1/people/{name}',
  tag: 'people',
  summary: 'Delete a user, with keys and sessions; buckets go to somebody else',
  access: 'session',
  query: { schema: deletePersonQuerySchema, example: { handBucketsTo: 'anna' } },
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    403: DENIED,
    404: NOBODY,
    409: LAST_ADMIN,
  },
} as const satisfies Route;

export const postPasswordLink = {
  name: 'postPasswordLink',
  method: 'post',
  path: '/api/v1/people/{name}/password-link',
  tag: 'people',
  summary: 'Make a link with which somebody else chooses a password, once',
  access: 'session',
  answers: {
    201: { description: 'The link', contentType: 'application/json', schema: passwordLinkSchema, example: LINK },
    403: DENIED,
    404: NOBODY,
  },
} as const satisfies Route;

export const deletePersonSessions = {
  name: 'deletePersonSessions',
  method: 'delete',
  path: '/api/v1/people/{name}/sessions',
  tag: 'people',
  summary: "End somebody else's sessions",
  access: 'session',
  answers: { 204: { description: 'Ended', contentType: 'application/json' }, 403: DENIED, 404: NOBODY },
} as const satisfies Route;

export const deletePersonSecondFactor = {
  name: 'deletePersonSecondFactor',
  method: 'delete',
  path: '/api/v1/people/{name}/second-factor',
  tag: 'people',
  summary: 'Take the second factor from somebody who lost it',
  access: 'session',
  answers: { 204: { description: 'It is off', contentType: 'application/json' }, 403: DENIED, 404: NOBODY },
} as const satisfies Route;
