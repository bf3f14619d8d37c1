import * as z from 'zod';
import { SHARE_SETTINGS } from '../../commands/put-share-settings.ts';
import { findSetting } from '../../db/tables/setting.ts';
import type { ServiceContext } from '../context.ts';

/** How links look to people outside. */
export interface ShareSettings {
  /** Who links are from; `''`: Stowage. */
  readonly installName: string;
  /** What links begin with, an origin (`https://files.example.com`); null: the address its maker uses the console by. */
  readonly baseUrl: string | null;
}

const stored = z.strictObject({ installName: z.string(), baseUrl: z.string().nullable() });

export async function readShareSettings(context: ServiceContext): Promise<ShareSettings> {
  const value = await context.catalogue.read((tx) => findSetting(tx, SHARE_SETTINGS));
  return value === undefined ? { installName: '', baseUrl: null } : stored.parse(JSON.parse(value));
}

/** The caller is known to be an admin of the install. */
export async function putShareSettings(context: ServiceContext, settings: ShareSettings): Promise<void> {
  await context.engine.submit('put-share-settings', { value: JSON.stringify(settings) });
}
