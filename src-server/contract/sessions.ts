import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** Who is signed in, as every page needs it. */
export const sessionSchema = z.strictObject({
  userName: z.string(),
  displayName: z.string().nullable(),
  role: z.enum(['root', 'admin', 'user', 'readonly', 'none']),
  csrfToken: z.string().describe('goes into x-csrf-token of every request that changes anything'),
  expiresAtMs: z.int().describe('when the session ends unless it is used before'),
});
export type Session = z.infer<typeof sessionSchema>;
export type Role = Session['role'];

export const signInSchema = z.strictObject({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(1024),
  code: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('of the second factor, where one is on; a recovery code does too'),
});

/** One of one's own sessions, as a list of them shows it. */
export const sessionSummarySchema = z.strictObject({
  id: z.string(),
  isCurrent: z.boolean(),
  createdAtMs: z.int(),
  lastUsedAtMs: z.int(),
  address: z.string().describe('where it was last used from'),
  client: z.string().describe('User-Agent of the sign-in, cut at 200 characters'),
});

const SESSION: Session = {
  userName: 'anna',
  displayName: null,
  role: 'admin',
  csrfToken: 'b0x…',
  expiresAtMs: 1_790_000_000_000,
};

export const postSession = {
  name: 'postSession',
  method: 'post',
  path: '/api/v1/session',
  tag: 'sessions',
  summary: 'Sign in: sets the cookie of a new session',
  access: 'open',
  body: { schema: signInSchema, example: { name: 'anna', password: 'correct horse battery staple' } },
  answers: {
    201: { description: 'Signed in', contentType: 'application/json', schema: sessionSchema, example: SESSION },
    401: errorAnswer(
      'Something of it is wrong; CodeNeeded: all is right, and a code of the second factor is wanted too',
      'WrongCredentials',
    ),
    429: errorAnswer('Too many tries; Retry-After says when the next one counts', 'TooManyTries'),
  },
} as const satisfies Route;

export const getSession = {
  name: 'getSession',
  method: 'get',
  path: '/api/v1/session',
  tag: 'sessions',
  summary: 'Who is signed in',
  access: 'session',
  answers: {
    200: { description: 'This session', contentType: 'application/json', schema: sessionSchema, example: SESSION },
    401: errorAnswer('Nobody is signed in', 'SignInNeeded'),
  },
} as const satisfies Route;

export const deleteSession = {
  name: 'deleteSession',
  method: 'delete',
  path: '/api/v1/session',
  tag: 'sessions',
  summary: 'Sign out',
  access: 'session',
  answers: { 204: { description: 'Signed out', contentType: 'application/json' } },
} as const satisfies Route;

export const getSessions = {
  name: 'getSessions',
  method: 'get',
  path: '/api/v1/sessions',
  tag: 'sessions',
  summary: "One's own sessions, the one used last first",
  access: 'session',
  answers: {
    200: {
      description: 'Sessions',
      contentType: 'application/json',
      schema: z.strictObject({ sessions: z.array(sessionSummarySchema) }),
      example: {
        sessions: [
          {
            id: '3f9c…',
            isCurrent: true,
            createdAtMs: 1_789_000_000_000,
            lastUsedAtMs: 1_789_000_360_000,
            address: '192.168.1.20',
            client: 'Mozilla/5.0 …',
          },
        ],
      },
    },
  },
} as const satisfies Route;

export const deleteSessionById = {
  name: 'deleteSessionById',
  method: 'delete',
  path: '/api/v1/sessions/{id}',
  tag: 'sessions',
  summary: "End one of one's own sessions",
  access: 'session',
  answers: {
    204: { description: 'It is ended', contentType: 'application/json' },
    404: errorAnswer('There is no such session', 'NoSuchSession'),
  },
} as const satisfies Route;
