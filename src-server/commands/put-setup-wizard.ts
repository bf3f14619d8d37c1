import { deleteSetting, putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';

/** How far the setup of a claimed install has come, as JSON; absent where it is done. */
export const SETUP_WIZARD_SETTING = 'setup.wizard';

export interface PutSetupWizardInput {
  /** JSON; undefined: done. */
  readonly state: string | undefined;
}

/** Notes how far the setup has come. */
export async function putSetupWizard(tx: WriteTx, input: PutSetupWizardInput): Promise<void> {
  if (input.state === undefined) await deleteSetting(tx, SETUP_WIZARD_SETTING);
  else await putSetting(tx, SETUP_WIZARD_SETTING, input.state);
}
