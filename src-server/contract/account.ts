import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { displayNameSchema, emailSchema, passwordSchema } from './people.ts';
import type { Route } from './route.ts';

const givenPasswordSchema = z.string().min(1).max(1024).describe('of the account, as at a sign-in');
const codeSchema = z.string().min(1).max(64).describe('of the authenticator app; where said, a recovery code');

export const accountSchema = z.strictObject({
  userName: z.string(),
  displayName: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(['root', 'admin', 'user', 'readonly', 'none']),
  tenant: z.string().nullable(),
  createdAtMs: z.int(),
  hasSecondFactor: z.boolean(),
  recoveryCodesLeft: z.int(),
});
export type Account = z.infer<typeof accountSchema>;

export const updateAccountSchema = z.strictObject({
  displayName: displayNameSchema.optional(),
  email: emailSchema.optional(),
});
export const changePasswordSchema = z.strictObject({ oldPassword: givenPasswordSchema, newPassword: passwordSchema });
export const beginSecondFactorSchema = z.strictObject({ password: givenPasswordSchema });
export const confirmSecondFactorSchema = z.strictObject({ code: codeSchema });
export const passwordAndCodeSchema = z.strictObject({ password: givenPasswordSchema, code: codeSchema });

const recoveryCodesSchema = z.strictObject({
  recoveryCodes: z.array(z.string()).describe('shown this once; each is good for one sign-in'),
});
const WRONG = errorAnswer('Password or code is wrong', 'WrongProof');
const WAIT = errorAnswer('Too many tries; Retry-After says when the next one counts', 'TooManyTries');
const CODES = { recoveryCodes: ['7k3m-9qwd-2xtb-h4ve'] };

export const getAccount = {
  name: 'getAccount',
  method: 'get',
  path: '/api/v1/account',
  tag: 'sessions',
  summary: "One's own account",
  access: 'session',
  answers: {
    200: {
      description: 'The account',
      contentType: 'application/json',
      schema: accountSchema,
      example: {
        userName: 'anna',
        displayName: 'Anna Aalto',
        email: null,
        role: 'admin',
        tenant: null,
        createdAtMs: 1_789_000_000_000,
        hasSecondFactor: true,
        recoveryCodesLeft: 9,
      },
    },
  },
} as const satisfies Route;

export const patchAccount = {
  name: 'patchAccount',
  method: 'patch',
  path: '/api/v1/account',
  tag: 'sessions',
  summary: "Change one's own name or e-mail",
  access: 'session',
  body: { schema: updateAccountSchema, example: { displayName: 'Anna Aalto' } },
  answers: { 204: { description: 'Changed', contentType: 'application/json' } },
} as const satisfies Route;

export const postPassword = {
  name: 'postPassword',
  method: 'post',
  path: '/api/v1/account/password',
  tag: 'sessions',
  summary: "Change one's own password; all other sessions end",
  access: 'session',
  body: { schema: changePasswordSchema, example: { oldPassword: 'old secret', newPassword: 'correct horse battery' } },
  answers: { 204: { description: 'Changed', contentType: 'application/json' }, 403: WRONG, 429: WAIT },
} as const satisfies Route;

export const deleteOtherSessions = {
  name: 'deleteOtherSessions',
  method: 'delete',
  path: '/api/v1/sessions',
  tag: 'sessions',
  summary: "End all of one's own sessions but this one",
  access: 'session',
  answers: { 204: { description: 'Ended', contentType: 'application/json' } },
} as const satisfies Route;

export const postSecondFactor = {
  name: 'postSecondFactor',
  method: 'post',
  path: '/api/v1/account/second-factor',
  tag: 'sessions',
  summary: 'Make a secret for an authenticator app; it counts once a code of it was given',
  access: 'session',
  body: { schema: beginSecondFactorSchema, example: { password: 'correct horse battery' } },
  answers: {
    201: {
      description: 'For the app, shown this once',
      contentType: 'application/json',
      schema: z.strictObject({ secret: z.string(), uri: z.string().describe('what the QR code holds') }),
      example: { secret: 'GEZDGNBV…', uri: 'otpauth://totp/Stowage:anna?secret=GEZDGNBV…&issuer=Stowage' },
    },
    403: WRONG,
    409: errorAnswer('A second factor is on already', 'EntityAlreadyExists'),
    429: WAIT,
  },
} as const satisfies Route;

export const postSecondFactorConfirm = {
  name: 'postSecondFactorConfirm',
  method: 'post',
  path: '/api/v1/account/second-factor/confirm',
  tag: 'sessions',
  summary: 'Turn the second factor on with a code of the app',
  access: 'session',
  body: { schema: confirmSecondFactorSchema, example: { code: '123456' } },
  answers: {
    200: { description: 'It is on', contentType: 'application/json', schema: recoveryCodesSchema, example: CODES },
    403: WRONG,
    429: WAIT,
  },
} as const satisfies Route;

export const postRecoveryCodes = {
  name: 'postRecoveryCodes',
  method: 'post',
  path: '/api/v1/account/second-factor/recovery-codes',
  tag: 'sessions',
  summary: 'Ten new recovery codes; the old ones end',
  access: 'session',
  body: { schema: passwordAndCodeSchema, example: { password: 'correct horse battery', code: '123456' } },
  answers: {
    200: { description: 'The new ones', contentType: 'application/json', schema: recoveryCodesSchema, example: CODES },
    403: WRONG,
    429: WAIT,
  },
} as const satisfies Route;

export const postSecondFactorOff = {
  name: 'postSecondFactorOff',
  method: 'post',
  path: '/api/v1/account/second-factor/off',
  tag: 'sessions',
  summary: 'Turn the second factor off; a recovery code does too',
  access: 'session',
  body: { schema: passwordAndCodeSchema, example: { password: 'correct horse battery', code: '123456' } },
  answers: { 204: { description: 'It is off', contentType: 'application/json' }, 403: WRONG, 429: WAIT },
} as const satisfies Route;
