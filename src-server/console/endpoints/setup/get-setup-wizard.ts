import { getSetupWizard } from '../../../contract/setup-wizard.ts';
import { isFailure } from '../../../domain/failure.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { readWizardState } from '../../../services/setup/wizard-state.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getSetupWizardEndpoint = sessionEndpoint(getSetupWizard, async (context, { session }) => {
  try {
    await authorize(context, { identity: session.identity, iamAction: 'stowage:FinishSetup' });
  } catch (error) {
    // Every page asks; for who may not finish the setup there is nothing to do.
    if (isFailure(error, 'AccessDenied')) return { status: 200, body: { state: null } };
    throw error;
  }
  return { status: 200, body: { state: (await readWizardState(context)) ?? null } };
});
