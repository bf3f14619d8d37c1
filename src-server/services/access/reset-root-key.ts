import type { ServiceContext } from '../context.ts';
import { actingAsServer } from './acting.ts';
import { putRootKey, writeRootCredentials } from './first-run.ts';
import { type AccessKeyPair, newAccessKeyPair } from './new-credentials.ts';

/**
 * `stowage root-key reset`: gives root a new random key, active, and ends its old ones; the way back into an install whose
 * admins are locked out. Also written to `DATA/root-credentials.json`; the next start of a claimed install removes that file
 * again, so the caller shows the key.
 */
export async function resetRootKey(context: ServiceContext): Promise<AccessKeyPair> {
  const key = newAccessKeyPair();
  await putRootKey(actingAsServer(context, 'cli'), key);
  await writeRootCredentials(context.config.dataDir, key);
  return key;
}
