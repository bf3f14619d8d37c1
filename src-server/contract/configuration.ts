import * as z from 'zod';
import { IMPORT_KINDS, IMPORT_OUTCOMES, IMPORT_REFUSALS } from '../domain/import-item.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** A file may be tried offline, for years. */
export const MIN_PASSPHRASE_LENGTH = 12;

const newPassphraseSchema = z
  .string()
  .min(MIN_PASSPHRASE_LENGTH, `a passphrase has ${MIN_PASSPHRASE_LENGTH} characters or more`)
  .max(1024);

export const exportConfigurationSchema = z.strictObject({
  password: z.string().min(1).max(1024).describe('of the account, as at a sign-in'),
  code: z.string().min(1).max(64).optional().describe('of the authenticator app, or a recovery code, where one is on'),
  passphrase: newPassphraseSchema.describe('the file opens with it and with nothing else'),
});

/** Base64 of at most 8 MiB. */
const MAX_FILE_LENGTH = 11_184_812;

export const importConfigurationSchema = z.strictObject({
  file: z.base64().min(1).max(MAX_FILE_LENGTH).describe('in base64'),
  passphrase: z.string().min(1).max(1024),
  mode: z.enum(['rehearse', 'apply']).describe('a rehearsal writes nothing'),
});

const itemSchema = z.strictObject({
  kind: z.enum(IMPORT_KINDS),
  name: z.string(),
  outcome: z.enum(IMPORT_OUTCOMES),
  fields: z.array(z.string()).describe('what changes; never a value'),
  refusal: z.enum(IMPORT_REFUSALS).nullable(),
  detail: z.string().describe('of a key whose it is; of a refusal what it depends on'),
});

export const importResultSchema = z.strictObject({
  isApplied: z.boolean(),
  madeAtMs: z.int().describe('when the file was made'),
  items: z.array(itemSchema),
});
export type ImportResult = z.infer<typeof importResultSchema>;
export type ImportItem = ImportResult['items'][number];

const EXAMPLE_ITEM: ImportItem = {
  kind: 'person',
  name: 'anna',
  outcome: 'changed',
  fields: ['password'],
  refusal: null,
  detail: '',
};
const DENIED = errorAnswer('Only an admin of the whole install moves its configuration', 'AccessDenied');

export const postConfigurationExport = {
  name: 'postConfigurationExport',
  method: 'post',
  path: '/api/v1/configuration/export',
  tag: 'settings',
  summary: 'People, keys with their secrets, buckets and settings in one file, sealed with a passphrase',
  access: 'session',
  body: {
    schema: exportConfigurationSchema,
    example: { password: 'correct horse battery', passphrase: 'a long line that nobody guesses' },
  },
  answers: {
    200: {
      description: 'The file, in base64',
      contentType: 'application/json',
      schema: z.strictObject({ fileName: z.string(), file: z.base64() }),
      example: { fileName: 'stowage-configuration-2026-09-10.stowage', file: 'U1RPV0NPTkY=' },
    },
    403: errorAnswer(
      'Not an admin of the install, a wrong password or code, or none where one is wanted',
      'CodeNeeded',
    ),
    429: errorAnswer('Too many tries; Retry-After says when the next one counts', 'TooManyTries'),
  },
} as const satisfies Route;

export const postConfigurationImport = {
  name: 'postConfigurationImport',
  method: 'post',
  path: '/api/v1/configuration/import',
  tag: 'settings',
  summary: 'Take a configuration file in, or say what that would do; nothing is ever deleted by it',
  access: 'session',
  body: {
    schema: importConfigurationSchema,
    example: { file: 'U1RPV0NPTkY=', passphrase: 'a long line that nobody guesses', mode: 'rehearse' },
    maxBytes: MAX_FILE_LENGTH + 8 * 1024,
  },
  answers: {
    200: {
      description: 'What was, or would be, done with each thing in the file',
      contentType: 'application/json',
      schema: importResultSchema,
      example: { isApplied: false, madeAtMs: 1_789_000_000_000, items: [EXAMPLE_ITEM] },
    },
    400: errorAnswer('The file cannot be read: another kind of file, a wrong passphrase, damage', 'LockedFile'),
    403: DENIED,
    409: errorAnswer(
      'Settings were changed meanwhile, or nobody would be left to manage the install',
      'OperationAborted',
    ),
  },
} as const satisfies Route;
