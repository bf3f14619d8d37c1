import { resolve } from 'node:path';
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
    http: shape.http.partial(),
    limits: shape.limits.partial(),
    garbage: shape.garbage.partial(),
    bin: shape.bin.partial(),
  })
  .partial();
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

/** The same settings, with paths that are meant from `folder` made absolute: the working folder of a later start is another. */
export function withAbsolutePaths(settings: StoredSettings, folder: string): StoredSettings {
  const { tls } = settings;
  if (tls === undefined) return settings;
  const absolute: StoredSettings['tls'] = { ...tls };
  if (typeof tls.cert === 'string') absolute.cert = resolve(folder, tls.cert);
  if (typeof tls.key === 'string') absolute.key = resolve(folder, tls.key);
  return { ...settings, tls: absolute };
}
