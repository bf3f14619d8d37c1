import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';

const KEY_BYTES = 32;
const FILE = 'master-key.sealed';

/**
 * The master key as 64 hex digits, sealed in `folder` by the keychain of whoever is signed in; made at the first run. Undefined
 * where there is no keychain that deserves the name: then the server keeps a key file of its own. Throws where a sealed key
 * is there and the keychain does not open it.
 */
export async function keychainKey(folder: string): Promise<string | undefined> {
  const path = join(folder, FILE);
  if (existsSync(path)) return openSealed(path);
  if (!(await hasKeychain())) return undefined;
  const key = randomBytes(KEY_BYTES).toString('hex');
  const sealed = await safeStorage.encryptStringAsync(key);
  await writeFile(`${path}.new`, sealed, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return key;
}

async function openSealed(path: string): Promise<string> {
  try {
    const { result } = await safeStorage.decryptStringAsync(readFileSync(path));
    return result;
  } catch (error) {
    throw new Error(
      'The keychain of this computer does not open the master key. Sign in as the user who set up Stowage.',
      {
        cause: error,
      },
    );
  }
}

/** Linux without a keyring falls back to a password that every program knows. */
async function hasKeychain(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
