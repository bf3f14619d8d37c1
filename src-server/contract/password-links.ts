import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { passwordSchema } from './people.ts';
import type { Route } from './route.ts';

const tokenSchema = z.string().min(1).max(256);

/** The token is sent in the body, so that no log of addresses has it. */
export const lookAtLinkSchema = z.strictObject({ token: tokenSchema });
export const useLinkSchema = z.strictObject({ token: tokenSchema, password: passwordSchema });

const NO_LINK = errorAnswer('The link was used, replaced, or has run out', 'NoSuchLink');

export const postPasswordLinkLook = {
  name: 'postPasswordLinkLook',
  method: 'post',
  path: '/api/v1/password-link/look',
  tag: 'sessions',
  summary: 'For whom is a link to choose a password?',
  access: 'open',
  body: { schema: lookAtLinkSchema, example: { token: 'q7h…' } },
  answers: {
    200: {
      description: 'It can be used',
      contentType: 'application/json',
      schema: z.strictObject({
        userName: z.string(),
        displayName: z.string().nullable(),
        purpose: z.enum(['invite', 'reset']),
        expiresAtMs: z.int(),
      }),
      example: { userName: 'bert', displayName: 'Bert Berg', purpose: 'invite', expiresAtMs: 1_789_600_000_000 },
    },
    404: NO_LINK,
  },
} as const satisfies Route;

export const postPasswordLinkUse = {
  name: 'postPasswordLinkUse',
  method: 'post',
  path: '/api/v1/password-link',
  tag: 'sessions',
  summary: 'Choose a password by a link, once; sessions of before end',
  access: 'open',
  body: { schema: useLinkSchema, example: { token: 'q7h…', password: 'correct horse battery staple' } },
  answers: {
    200: {
      description: 'The password counts from now on',
      contentType: 'application/json',
      schema: z.strictObject({ userName: z.string() }),
      example: { userName: 'bert' },
    },
    404: NO_LINK,
  },
} as const satisfies Route;
