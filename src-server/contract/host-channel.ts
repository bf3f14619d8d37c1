import * as z from 'zod';

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** To the process that makes small pictures, one at a time. */
export const toThumbnailProcessSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bytes'), bytes: bytesSchema }),
  // All bytes of the picture were sent.
  z.strictObject({ kind: z.literal('make'), edgePx: z.int().min(1) }),
]);
export type ToThumbnailProcess = z.infer<typeof toThumbnailProcessSchema>;

/** What it answers. */
export const fromThumbnailProcessSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  // The library does not load on this machine.
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
  z.strictObject({ kind: z.literal('made'), bytes: bytesSchema }),
  // No picture, a broken one, or too large a one.
  z.strictObject({ kind: z.literal('refused'), reason: z.string() }),
]);
export type FromThumbnailProcess = z.infer<typeof fromThumbnailProcessSchema>;

/** What the process that started the server may ask of it (Electron's utility process, or a fork). */
export const hostRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('shutdown'), graceMs: z.number().min(0).max(600_000) }),
  z.strictObject({ type: z.literal('ping') }),
  // From a process that makes thumbnails, which the server asked for.
  z.strictObject({ type: z.literal('thumbnails-say'), process: z.int(), message: fromThumbnailProcessSchema }),
  z.strictObject({ type: z.literal('thumbnails-ended'), process: z.int(), exitCode: z.int().nullable() }),
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
  // A utility process cannot start processes: the one that makes thumbnails is started for it, and spoken to through here.
  z.strictObject({ type: z.literal('thumbnails-start'), process: z.int() }),
  z.strictObject({ type: z.literal('thumbnails-tell'), process: z.int(), message: toThumbnailProcessSchema }),
  z.strictObject({ type: z.literal('thumbnails-kill'), process: z.int() }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
