import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const MIN_PASSWORD_LENGTH = 8;

export const setupRequestSchema = z.strictObject({
  token: z.string().min(1).max(256).describe('content of the file setup-token in the data dir'),
  name: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'a user name is 1-64 letters, digits or +=,.@_-')
    .describe('name of the first admin'),
  password: z.string().min(MIN_PASSWORD_LENGTH).max(1024).describe('password of the first admin'),
});

const setupAnswerSchema = z.strictObject({ name: z.string() });

export const getSetup = {
  name: 'getSetup',
  method: 'get',
  path: '/api/v1/setup',
  tag: 'setup',
  summary: 'Does the install have its first admin?',
  access: 'open',
  answers: {
    200: {
      description: 'It does, or it waits to be claimed',
      contentType: 'application/json',
      schema: z.strictObject({ isClaimed: z.boolean() }),
      example: { isClaimed: true },
    },
  },
} as const satisfies Route;

export const postSetup = {
  name: 'postSetup',
  method: 'post',
  path: '/api/v1/setup',
  tag: 'setup',
  summary: 'Claim a new install: make its first admin, once',
  access: 'open',
  body: {
    schema: setupRequestSchema,
    example: { token: 'k3J9…', name: 'anna', password: 'correct horse battery staple' },
  },
  answers: {
    201: {
      description: 'Claimed; the files setup-token and root-credentials.json are gone',
      contentType: 'application/json',
      schema: setupAnswerSchema,
      example: { name: 'anna' },
    },
    400: errorAnswer('The request is not valid', 'InvalidRequest'),
    403: errorAnswer('The token is wrong', 'WrongSetupToken'),
    409: errorAnswer('The install is claimed already', 'AlreadyClaimed'),
  },
} as const satisfies Route;
