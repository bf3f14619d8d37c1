import type { ClaimSetupOutcome } from '../../commands/claim-setup.ts';
import { findClaimingAdmin } from '../../db/tables/iam-user.ts';
import { removePrivateFile } from '../../platform/private-file.ts';
import { isSameSecret } from '../../platform/same-secret.ts';
import type { ServiceContext } from '../context.ts';
import { ROOT_CREDENTIALS_FILE, SETUP_TOKEN_FILE } from './first-run.ts';
import { newAccountIds } from './new-credentials.ts';
import { hashPassword } from './password.ts';
import { readSetupToken } from './setup-token.ts';

export interface ClaimSetupRequest {
  readonly token: string;
  /** A user name by `domain/account.ts`. */
  readonly name: string;
  readonly password: string;
}

/**
 * Claims the install (DESIGN §1, "First run"): the holder of the setup token becomes its first admin, once; root's
 * credentials and the token leave the data dir. Nothing is hashed for a wrong token.
 */
export async function claimSetup(context: ServiceContext, request: ClaimSetupRequest): Promise<ClaimSetupOutcome> {
  const claimed = await context.catalogue.read(async (tx) => (await findClaimingAdmin(tx)) !== undefined);
  if (claimed) return { kind: 'already-claimed' };
  const stored = await readSetupToken(context);
  if (stored === undefined || !isSameSecret(stored.token, request.token)) return { kind: 'wrong-token' };
  const outcome = await context.engine.submit('claim-setup', {
    verifiedSetting: stored.setting,
    name: request.name,
    passwordHash: await hashPassword(request.password),
    ...newAccountIds(),
    nowMs: context.now(),
  });
  if (outcome.kind === 'claimed') await removeFiles(context);
  return outcome;
}

/** The claim stands, whatever becomes of the files: the next start removes what is left. */
async function removeFiles(context: ServiceContext): Promise<void> {
  try {
    await removePrivateFile(context.config.dataDir, ROOT_CREDENTIALS_FILE);
    await removePrivateFile(context.config.dataDir, SETUP_TOKEN_FILE);
  } catch (error) {
    context.log.error({ err: error }, 'the files of the first run could not be removed');
  }
}
