import * as z from 'zod';

/** What the process that started the server may ask of it (Electron's utility process, or a fork). */
export const hostRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('shutdown'), graceMs: z.number().min(0).max(600_000) }),
  z.strictObject({ type: z.literal('ping') }),
  // From the keychain of whoever is signed in: only where the server was started with STOWAGE_MASTER_KEY_FROM_HOST=1.
  z.strictObject({ type: z.literal('master-key'), key: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type HostRequest = z.infer<typeof hostRequestSchema>;

/** What it is told. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    s3: z.string(),
    console: z.string(),
    // Of an install that nobody claimed: whoever started the server may.
    setupToken: z.string().nullable(),
  }),
  // Another server holds the data dir; its console, where it has said so.
  z.strictObject({ type: z.literal('busy'), console: z.string().nullable() }),
  z.strictObject({ type: z.literal('fatal'), message: z.string() }),
  z.strictObject({ type: z.literal('closed') }),
  z.strictObject({ type: z.literal('pong') }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
