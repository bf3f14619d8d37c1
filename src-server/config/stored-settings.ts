import * as z from 'zod';
import { settingsSchema } from './schema.ts';

const shape = settingsSchema.shape;

/**
 * The settings that the catalogue can store: by the console, or by `settings` of a provisioning file. The others are needed
 * before the catalogue is open, or belong to the host. Nested as in a configuration file, every key optional.
 */
export const storedSettingsSchema = z
  .strictObject({
    domain: shape.domain,
    region: shape.region,
    durability: shape.durability,
    s3: shape.s3.partial(),
    metrics: shape.metrics.partial(),
    garbage: shape.garbage.partial(),
  })
  .partial();
export type StoredSettings = z.infer<typeof storedSettingsSchema>;
