import { ConfigError } from '../../config/config-error.ts';
import { listAccessKeys } from '../../db/tables/access-key.ts';
import { findClaimingAdmin, findRootUser } from '../../db/tables/iam-user.ts';
import { isFailure } from '../../domain/failure.ts';
import { removePrivateFile, writePrivateFile } from '../../platform/private-file.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { type AccessKeyPair, newAccessKeyPair, newAccountIds } from './new-credentials.ts';
import { newSetupToken, readSetupToken } from './setup-token.ts';

/** Files in the data dir, 0600, from the first start until the install is claimed (DESIGN §1, "First run"). */
export const ROOT_CREDENTIALS_FILE = 'root-credentials.json';
export const SETUP_TOKEN_FILE = 'setup-token';

export interface FirstRun {
  /** An admin with a password stands: there are no files and nothing to show. */
  readonly claimed: boolean;
  /** Root's key where it is not given by the host and the install is not claimed. */
  readonly rootCredentials: AccessKeyPair | undefined;
  /** Claims the install once; undefined where it is claimed. */
  readonly setupToken: string | undefined;
}

/**
 * Runs at every start, after provisioning: makes root and a way to it. A key given by the host (`configured`) becomes root's
 * only one; without it an unclaimed install gets a random key once, and a claimed one keeps what it has (`resetRootKey`
 * is the way back). The answer is the same until the install is claimed, so a file that was lost is written again.
 *
 * Throws ConfigError where the configured key id is another user's.
 */
export async function ensureRootKey(context: ServiceContext, configured: AccessKeyPair | undefined): Promise<FirstRun> {
  const claimed = await context.catalogue.read(async (tx) => (await findClaimingAdmin(tx)) !== undefined);
  const standing = await readRootKey(context);
  if (configured !== undefined && !isSameKey(standing, configured)) await putConfiguredKey(context, configured);
  let rootCredentials = standing;
  if (configured === undefined && standing === undefined) {
    rootCredentials = claimed ? undefined : newAccessKeyPair();
    await putRootKey(context, rootCredentials);
  }
  const hidesKey = claimed || configured !== undefined;
  return {
    claimed,
    rootCredentials: hidesKey ? undefined : rootCredentials,
    setupToken: claimed ? undefined : await ensureSetupToken(context),
  };
}

/** Writes the files that `firstRun` calls for and removes the others. */
export async function writeFirstRunFiles(dataDir: string, firstRun: FirstRun): Promise<void> {
  const { rootCredentials, setupToken } = firstRun;
  if (rootCredentials === undefined) await removePrivateFile(dataDir, ROOT_CREDENTIALS_FILE);
  else await writeRootCredentials(dataDir, rootCredentials);
  if (setupToken === undefined) await removePrivateFile(dataDir, SETUP_TOKEN_FILE);
  else await writePrivateFile(dataDir, SETUP_TOKEN_FILE, `${setupToken}\n`);
}

/** Writes `root-credentials.json`. */
export async function writeRootCredentials(dataDir: string, key: AccessKeyPair): Promise<void> {
  const { accessKeyId, secretAccessKey } = key;
  const json = JSON.stringify({ accessKeyId, secretAccessKey }, undefined, 2);
  await writePrivateFile(dataDir, ROOT_CREDENTIALS_FILE, `${json}\n`);
}

async function putConfiguredKey(context: ServiceContext, key: AccessKeyPair): Promise<void> {
  try {
    await putRootKey(context, key);
  } catch (error) {
    if (!isFailure(error, 'InvalidRequest')) throw error;
    throw new ConfigError('STOWAGE_ROOT_ACCESS_KEY', error.message);
  }
}

/** Gives root this key and no other; makes root where it is missing. Without a key it only makes root. */
export async function putRootKey(context: ServiceContext, key: AccessKeyPair | undefined): Promise<void> {
  await context.engine.submit('put-root-key', {
    key: key && {
      accessKeyId: key.accessKeyId,
      sealedSecret: context.keys.sealSecret(key.secretAccessKey, key.accessKeyId),
    },
    fresh: newAccountIds(),
    nowMs: context.now(),
  });
}

async function readRootKey(context: ServiceContext): Promise<AccessKeyPair | undefined> {
  const keys = await context.catalogue.read(async (tx) => {
    const root = await findRootUser(tx);
    return root === undefined ? [] : listAccessKeys(tx, root.id);
  });
  const key = keys[0];
  if (key === undefined) return undefined;
  try {
    return { accessKeyId: key.id, secretAccessKey: context.keys.openSecret(key.sealed_secret, key.id) };
  } catch (error) {
    // Another master key sealed it (a catalogue rebuilt without the recovery kit): as good as none.
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

function isSameKey(a: AccessKeyPair | undefined, b: AccessKeyPair): boolean {
  return a?.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey;
}

async function ensureSetupToken(context: ServiceContext): Promise<string> {
  const standing = await readSetupToken(context);
  if (standing !== undefined) return standing.token;
  const { token, sealedToken } = newSetupToken(context.keys);
  await context.engine.submit('put-setup-token', { sealedToken });
  return token;
}
