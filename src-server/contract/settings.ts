import * as z from 'zod';
import { changePageSchema, changeSchema, listChangesSchema } from './bucket-changes.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SettingValue = z.infer<typeof valueSchema>;

export const SETTING_ORIGINS = ['option', 'env', 'file', 'stored', 'default'] as const;

export const settingSchema = z.strictObject({
  name: z.string().describe('dotted, as in a configuration file'),
  kind: z.enum(['text', 'path', 'number', 'switch', 'choice', 'secret']),
  choices: z.array(z.string()).describe('of a choice; none for other kinds'),
  value: valueSchema.describe('what runs now; of a secret only whether there is one'),
  defaultValue: valueSchema,
  origin: z
    .strictObject({ kind: z.enum(SETTING_ORIGINS), name: z.string().describe('option, variable or file') })
    .describe('who gave the running value'),
  isStored: z.boolean().describe('by the console or a provisioning file'),
  storedValue: valueSchema,
  isEditable: z.boolean().describe('neither an option nor the environment nor a file gives it'),
  effect: z.enum(['now', 'restart']),
  isWaiting: z.boolean().describe('the next start takes another value than runs now'),
  lastChange: z
    .strictObject({ by: z.string(), atMs: z.int() })
    .nullable()
    .describe('null: nobody changed it in the console'),
});
export type Setting = z.infer<typeof settingSchema>;

const settingsSchema = z.strictObject({ settings: z.array(settingSchema) });

export const patchSettingsSchema = z.strictObject({
  changes: z.record(z.string().max(100), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])),
});

const EXAMPLE: Setting = {
  name: 'region',
  kind: 'text',
  choices: [],
  value: 'us-east-1',
  defaultValue: 'us-east-1',
  origin: { kind: 'default', name: 'region' },
  isStored: true,
  storedValue: 'eu-central-1',
  isEditable: true,
  effect: 'restart',
  isWaiting: true,
  lastChange: { by: 'anna', atMs: 1_789_000_000_000 },
};
const DENIED = errorAnswer('This user does not operate the appliance', 'AccessDenied');

export const getSettings = {
  name: 'getSettings',
  method: 'get',
  path: '/api/v1/settings',
  tag: 'settings',
  summary: 'Every setting: what runs, who gave it, its default, what waits for a restart',
  access: 'session',
  answers: {
    200: {
      description: 'All settings',
      contentType: 'application/json',
      schema: settingsSchema,
      example: { settings: [EXAMPLE] },
    },
    403: DENIED,
  },
} as const satisfies Route;

export const patchSettings = {
  name: 'patchSettings',
  method: 'patch',
  path: '/api/v1/settings',
  tag: 'settings',
  summary:
    'Store settings, all or none; null goes back to the default. What would keep the server from starting is refused',
  access: 'session',
  body: { schema: patchSettingsSchema, example: { changes: { region: 'eu-central-1', domain: null } } },
  answers: {
    200: {
      description: 'Stored; some take effect at the next start',
      contentType: 'application/json',
      schema: settingsSchema,
      example: { settings: [EXAMPLE] },
    },
    400: errorAnswer('A value is not good, alone or together with the others', 'InvalidSetting'),
    403: DENIED,
    409: errorAnswer('Somebody else changed settings at the same time', 'OperationAborted'),
  },
} as const satisfies Route;

export const getSettingChanges = {
  name: 'getSettingChanges',
  method: 'get',
  path: '/api/v1/settings/changes',
  tag: 'settings',
  summary: 'What was changed of the settings, newest first',
  access: 'session',
  query: { schema: listChangesSchema, example: { limit: '20' } },
  answers: {
    200: {
      description: 'A page; null as a value: the default',
      contentType: 'application/json',
      schema: changePageSchema.extend({
        changes: z.array(changeSchema.extend({ field: z.string().describe('name of the setting') })),
      }),
      example: {
        changes: [
          {
            id: 814,
            field: 'durability',
            before: null,
            after: 'balanced',
            actorName: 'anna',
            accessKeyId: null,
            atMs: 1_789_000_000_000,
            isLatest: true,
          },
        ],
        nextCursor: null,
      },
    },
    403: DENIED,
  },
} as const satisfies Route;
