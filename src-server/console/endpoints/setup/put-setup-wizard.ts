import { putSetupWizard } from '../../../contract/setup-wizard.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { writeWizardState } from '../../../services/setup/wizard-state.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';

export const putSetupWizardEndpoint = sessionEndpoint(putSetupWizard, async (context, { session, body }) => {
  const { state } = putSetupWizard.body.schema.parse(body);
  await authorize(context, { identity: session.identity, iamAction: 'stowage:FinishSetup' });
  if (!(await writeWizardState(context, state ?? undefined))) {
    throw new ConsoleError(409, 'SetupEnded', 'the setup has ended');
  }
  return { status: 204, body: undefined };
});
