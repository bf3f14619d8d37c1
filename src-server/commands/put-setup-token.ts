import { putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';

/** Holds the one-time token of an install that nobody has claimed: JSON text of the sealed token in base64. */
export const SETUP_TOKEN_SETTING = 'setup.token';

export interface PutSetupTokenInput {
  readonly sealedToken: string;
}

/** Stores the token with which the install can be claimed once. */
export async function putSetupToken(tx: WriteTx, input: PutSetupTokenInput): Promise<void> {
  await putSetting(tx, SETUP_TOKEN_SETTING, JSON.stringify(input.sealedToken));
}
