import { SETUP_WIZARD_SETTING } from '../../commands/put-setup-wizard.ts';
import { WIZARD_STEPS, type WizardState, wizardStateSchema } from '../../contract/setup-wizard.ts';
import { findSetting } from '../../db/tables/setting.ts';
import type { ServiceContext } from '../context.ts';

/** How far the setup has come; undefined where it is done or there never was one. */
export async function readWizardState({ catalogue }: ServiceContext): Promise<WizardState | undefined> {
  const json = await catalogue.read((tx) => findSetting(tx, SETUP_WIZARD_SETTING));
  return json === undefined ? undefined : wizardStateSchema.parse(JSON.parse(json));
}

/**
 * Notes how far the setup has come; undefined ends it. False for a step that is behind it: what was handed out once stays so,
 * and a setup that has ended never begins again.
 */
export async function writeWizardState(context: ServiceContext, state: WizardState | undefined): Promise<boolean> {
  const now = await readWizardState(context);
  if (now === undefined) return false;
  if (state !== undefined && WIZARD_STEPS.indexOf(state.step) < WIZARD_STEPS.indexOf(now.step)) return false;
  await context.engine.submit('put-setup-wizard', {
    state: state === undefined ? undefined : JSON.stringify(state),
  });
  return true;
}
