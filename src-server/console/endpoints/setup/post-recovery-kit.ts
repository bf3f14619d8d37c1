import { postRecoveryKit } from '../../../contract/setup-wizard.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { readRecoveryKit } from '../../../services/setup/read-recovery-kit.ts';
import { readWizardState } from '../../../services/setup/wizard-state.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';

export const postRecoveryKitEndpoint = sessionEndpoint(postRecoveryKit, async (context, { session, client, log }) => {
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'stowage:FinishSetup' });
  // It opens everything: once somebody said that it is stored away, no session brings it back.
  if ((await readWizardState(context))?.step !== 'recovery') {
    throw new ConsoleError(409, 'SetupEnded', 'the step is done; the kit is in the data folder only');
  }
  const text = readRecoveryKit(context);
  if (text === undefined) {
    throw new ConsoleError(404, 'NoRecoveryKit', 'the file is not in the data folder any more');
  }
  log.warn({ by: identity.name, address: client.address }, 'the recovery kit was handed out');
  return { status: 200, body: { fileName: 'stowage-recovery-kit.txt', text } };
});
