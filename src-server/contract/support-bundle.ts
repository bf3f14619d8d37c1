import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const BUNDLE_SECTIONS = ['about', 'settings', 'status', 'disks', 'jobs', 'log', 'metrics'] as const;

export const supportBundleSchema = z.strictObject({
  madeAtMs: z.int(),
  sections: z.array(
    z.strictObject({
      name: z.enum(BUNDLE_SECTIONS),
      text: z.string().describe('as it would be sent: secrets are cut out'),
    }),
  ),
});
export type SupportBundle = z.infer<typeof supportBundleSchema>;
export type BundleSection = SupportBundle['sections'][number];

export const getSupportBundle = {
  name: 'getSupportBundle',
  method: 'get',
  path: '/api/v1/support-bundle',
  tag: 'settings',
  summary: 'What somebody who helps needs to see of this server, without secrets, to be read before it is handed on',
  access: 'session',
  answers: {
    200: {
      description: 'The sections',
      contentType: 'application/json',
      schema: supportBundleSchema,
      example: { madeAtMs: 1_789_000_000_000, sections: [{ name: 'about', text: 'Stowage 0.1.0 on linux x64' }] },
    },
    403: errorAnswer('This user does not operate the appliance', 'AccessDenied'),
  },
} as const satisfies Route;
