import * as z from 'zod';

/** What the process that started the server may ask of it (Electron's utility process, or a fork). */
export const hostRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('shutdown'), graceMs: z.number().min(0).max(600_000) }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type HostRequest = z.infer<typeof hostRequestSchema>;

/** What it is told. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), s3: z.string(), console: z.string() }),
  z.strictObject({ type: z.literal('fatal'), message: z.string() }),
  z.strictObject({ type: z.literal('closed') }),
  z.strictObject({ type: z.literal('pong') }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
