import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** What is still to be done with a new install, in this order. */
export const WIZARD_STEPS = ['recovery', 'disks', 'purpose', 'done'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export const wizardStateSchema = z.strictObject({
  step: z.enum(WIZARD_STEPS),
  bucket: z.string().max(63).nullable().describe('that the wizard made'),
  accessKeyId: z.string().max(128).nullable().describe('that the wizard made'),
});
export type WizardState = z.infer<typeof wizardStateSchema>;

const EXAMPLE: WizardState = { step: 'purpose', bucket: null, accessKeyId: null };
const answerSchema = z.strictObject({
  state: wizardStateSchema.nullable().describe('null: done, skipped, or not for this user'),
});

export const getSetupWizard = {
  name: 'getSetupWizard',
  method: 'get',
  path: '/api/v1/setup/wizard',
  tag: 'setup',
  summary: 'How far the setup of this install has come',
  access: 'session',
  answers: {
    200: {
      description: 'What is still to be done',
      contentType: 'application/json',
      schema: answerSchema,
      example: { state: EXAMPLE },
    },
  },
} as const satisfies Route;

export const putSetupWizard = {
  name: 'putSetupWizard',
  method: 'put',
  path: '/api/v1/setup/wizard',
  tag: 'setup',
  summary: 'Note how far the setup has come; null ends it for good',
  access: 'session',
  body: { schema: answerSchema, example: { state: null } },
  answers: {
    204: { description: 'Noted', contentType: 'application/json' },
    403: errorAnswer('Only an admin of the whole install sets it up', 'AccessDenied'),
    409: errorAnswer('The setup has ended', 'SetupEnded'),
  },
} as const satisfies Route;

export const postRecoveryKit = {
  name: 'postRecoveryKit',
  method: 'post',
  path: '/api/v1/setup/recovery-kit',
  tag: 'setup',
  summary: 'The recovery kit, to be stored away; only until the first step of the setup is done',
  access: 'session',
  answers: {
    200: {
      description: 'A text to be printed or saved',
      contentType: 'application/json',
      schema: z.strictObject({ fileName: z.string(), text: z.string() }),
      example: { fileName: 'stowage-recovery-kit.txt', text: 'Stowage recovery kit …' },
    },
    403: errorAnswer('Only an admin of the whole install may have it', 'AccessDenied'),
    404: errorAnswer('The file is not in the data folder any more', 'NoRecoveryKit'),
    409: errorAnswer('The step is done: the kit is in the data folder only', 'SetupEnded'),
  },
} as const satisfies Route;
