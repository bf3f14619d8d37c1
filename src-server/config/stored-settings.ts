import * as z from 'zod';
import { settingsSchema } from './schema.ts';

const shape = settingsSchema.shape;

/**
 * The settings that the catalogue can store: by the console, or by `settings` of a provisioning file. The others are needed
 * before the catalogue is open, belong to the host, or are secrets, which never stand in the log in clear (LOG.md 7). Nested as in a configuration file, every key optional.
 */
export const storedSettingsSchema = z
  .strictObject({
    s3Address: shape.s3Address,
    consoleAddress: shape.consoleAddress,
    domain: shape.domain,
    region: shape.region,
    tls: shape.tls.partial(),
    durability: shape.durability,
    s3: shape.s3.partial(),
    threads: shape.threads.partial(),
    garbage: shape.garbage.partial(),
  })
  .partial();
export type StoredSettings = z.infer<typeof storedSettingsSchema>;
