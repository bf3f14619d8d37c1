import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';

/** How the command line asks a running server for something: one JSON line there, one back, then the connection ends. */
export const controlRequestSchema = z.strictObject({ command: z.string().max(64), input: z.unknown() });
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** `refused`: a sentence for whoever asked; nothing was done. */
export const controlAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), result: z.unknown() }),
  z.strictObject({ kind: z.literal('refused'), message: z.string() }),
]);
export type ControlAnswer = z.infer<typeof controlAnswerSchema>;

/** A provisioning file fits in, a flood does not. */
export const MAX_CONTROL_BYTES = 4 * 1024 * 1024;

/** Where a server with this data folder listens: a socket that only its user may open; on Windows a named pipe. */
export function controlAddress(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'control.sock');
  return `\\\\.\\pipe\\stowage-${createHash('sha256').update(dataDir.toLowerCase()).digest('hex').slice(0, 32)}`;
}
