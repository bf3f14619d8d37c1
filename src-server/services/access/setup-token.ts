import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { SETUP_TOKEN_SETTING } from '../../commands/put-setup-token.ts';
import { findSetting } from '../../db/tables/setting.ts';
import type { KeyRing } from '../../storage/key-ring.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';

/** What the seal is bound to. No access key can have this id: a colon is not allowed in one. */
const SEAL_CONTEXT = 'setup:token';
const TOKEN_BYTES = 32;
const settingValue = z.base64();

/** The token that claims the install, with the setting that stores it. */
export interface StoredSetupToken {
  readonly token: string;
  readonly setting: string;
}

/** The token that stands, or undefined where there is none or this master key does not open it. */
export async function readSetupToken(context: ServiceContext): Promise<StoredSetupToken | undefined> {
  const setting = await context.catalogue.read((tx) => findSetting(tx, SETUP_TOKEN_SETTING));
  if (setting === undefined) return undefined;
  const sealed = Buffer.from(settingValue.parse(JSON.parse(setting)), 'base64');
  try {
    return { token: context.keys.openSecret(sealed, SEAL_CONTEXT), setting };
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

/** A new token, and its sealed form for the catalogue. Sealed rather than hashed, so that a restart writes the same file again. */
export function newSetupToken(keys: KeyRing): { readonly token: string; readonly sealedToken: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, sealedToken: keys.sealSecret(token, SEAL_CONTEXT).toString('base64') };
}
