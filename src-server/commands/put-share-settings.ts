import { putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';

/** Holds how links look to people outside, as JSON. */
export const SHARE_SETTINGS = 'share.settings';

export interface PutShareSettingsInput {
  /** JSON text. */
  readonly value: string;
}

/** Stores how links look to people outside. */
export async function putShareSettings(tx: WriteTx, { value }: PutShareSettingsInput): Promise<void> {
  await putSetting(tx, SHARE_SETTINGS, value);
}
