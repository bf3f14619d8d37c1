import * as z from 'zod';
import { OPERATION_KINDS, OPERATION_STATES } from '../domain/operation.ts';
import { SHARE_USE_KINDS } from '../domain/share.ts';
import { logLineSchema, seenRequestSchema } from './activity.ts';
import { contactRequestSchema } from './first-contact.ts';
import { applianceStatusSchema, nowShape } from './overview.ts';
import type { Route } from './route.ts';
import { selfTestStepSchema } from './self-tests.ts';

/** What a page is told while it is open. Each says only what changed: the page asks for what it shows of that. */
export const liveEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello').describe('first of every stream: what was missed is to be asked for anew'),
  }),
  z.strictObject({ kind: z.literal('settings').describe('settings of the install') }),
  z.strictObject({ kind: z.literal('people').describe('somebody whom an admin manages') }),
  z.strictObject({ kind: z.literal('tenants').describe('a tenant was added, or its limits or state changed') }),
  z.strictObject({ kind: z.literal('account').describe("one's own account or sessions") }),
  z.strictObject({ kind: z.literal('keys').describe('access keys of this user, or of somebody an admin manages') }),
  z.strictObject({
    kind: z.literal('bucket-changed').describe('a bucket was made or removed, or a setting of it changed'),
    bucket: z.string(),
  }),
  z.strictObject({
    kind: z.literal('shares').describe('a link was used or changed'),
    id: z.string(),
    what: z.enum([...SHARE_USE_KINDS, 'changed']),
    name: z.string().describe("label or folder, for the link's maker; empty for admins"),
  }),
  z.strictObject({
    kind: z.literal('status').describe('how the appliance is, every ten seconds: silence means that nobody knows'),
    status: applianceStatusSchema,
    attention: z.int(),
    atMs: z.int(),
  }),
  z.strictObject({
    kind: z.literal('requests').describe('only in the stream of who watches them'),
    missed: z.int().describe('came and could not be shown'),
    requests: z.array(seenRequestSchema),
  }),
  z.strictObject({
    kind: z.literal('log').describe('only in the stream of who watches it'),
    lines: z.array(logLineSchema),
  }),
  z.strictObject({ kind: z.literal('now').describe('what happened in the last ten seconds'), ...nowShape }),
  z.strictObject({
    kind: z.literal('operation').describe('an operation began, went on or ended'),
    id: z.string(),
    what: z.enum(OPERATION_KINDS),
    state: z.enum(OPERATION_STATES),
    buckets: z.array(z.string()).describe('whose content it changes'),
    doneObjects: z.int(),
    totalObjects: z.int().nullable(),
  }),
  z.strictObject({
    kind: z.literal('self-test').describe('a step of a self-test that this user started'),
    run: z.string(),
    step: selfTestStepSchema,
  }),
  z.strictObject({
    kind: z
      .literal('contact')
      .describe('a request of a client that is being connected; on the stream of its bucket only'),
    request: contactRequestSchema,
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const getEvents = {
  name: 'getEvents',
  method: 'get',
  path: '/api/v1/events',
  tag: 'system',
  summary: 'What happens, as it happens: server-sent events, each one JSON document',
  access: 'session',
  answers: {
    200: {
      description: 'A stream without an end',
      contentType: 'text/event-stream',
      example: 'data: {"kind":"hello"}\n\n',
    },
  },
} as const satisfies Route;
