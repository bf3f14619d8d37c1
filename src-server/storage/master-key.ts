import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { errnoOf } from '../platform/fs-durable.ts';
import { writePrivateFile } from '../platform/private-file.ts';
import { WrongMasterKey } from './key-ring.ts';
import { formatMasterKey, MASTER_KEY_BYTES, parseMasterKey } from './master-key-text.ts';
import { formatRecoveryKit } from './recovery-kit.ts';

const MASTER_KEY_FILE = 'master-key';
/** Beside the catalogue, until somebody stores it away. */
export const RECOVERY_KIT_FILE = 'recovery-kit.txt';
const CHECK_FILE = 'master-key-check.json';
const CREDENTIAL_NAME = 'stowage-master-key';

/** No usable master key: configuration is wrong, or the key was lost (exit 2). The message is for the operator. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

export interface MasterKeyOptions {
  readonly dataDir: string;
  readonly installId: string;
  /** From `STOWAGE_MASTER_KEY_FILE` or the configuration. */
  readonly masterKeyFile: string | null;
  /** systemd's `$CREDENTIALS_DIRECTORY`, where the process has one. */
  readonly credentialsDirectory: string | undefined;
  /** From the keychain of whoever started this process; a key file that is there already goes before it. */
  readonly hostKey?: Buffer | undefined;
  /** Nothing was ever sealed here: a key may be made. */
  readonly mayCreate: boolean;
}

export interface MasterKey {
  readonly key: Buffer;
  /** Where it was read. */
  readonly path: string;
  /** Set on the run that made the recovery kit, so that somebody is told. */
  readonly newRecoveryKit: string | undefined;
}

const checkSchema = z.object({ format: z.literal(1), salt: z.base64(), check: z.base64() });

/**
 * Finds the install's master key, or makes one in the data folder where it may, along with the recovery kit.
 * Throws MasterKeyUnusable where a key is named but cannot be used or the install's own is gone, WrongMasterKey where it
 * is not the key that this install's data was sealed with.
 */
export async function openMasterKey(options: MasterKeyOptions): Promise<MasterKey> {
  const { dataDir, installId } = options;
  const outside = options.masterKeyFile ?? (await credentialPath(options.credentialsDirectory));
  const path = outside ?? join(dataDir, MASTER_KEY_FILE);
  const known = await readCheck(dataDir);
  let key = await readKey(path);
  if (outside === undefined && (known !== undefined || options.mayCreate)) key ??= options.hostKey;
  if (key === undefined) {
    if (outside !== undefined) throw new MasterKeyUnusable(`the master key file ${path} does not exist`);
    if (known !== undefined || !options.mayCreate) throw new MasterKeyUnusable(goneMessage(path));
    key = randomBytes(MASTER_KEY_BYTES);
    await writePrivateFile(dataDir, MASTER_KEY_FILE, `${formatMasterKey(key)}\n`);
  }
  if (known !== undefined) {
    if (!isRightKey(key, known)) throw new WrongMasterKey(`${path} is not the master key of this install`);
    return { key, path, newRecoveryKit: undefined };
  }
  const kit = { installId, masterKey: outside === undefined ? key : undefined, keptAt: path };
  await writePrivateFile(dataDir, RECOVERY_KIT_FILE, formatRecoveryKit(kit));
  // Last: a crash before it repeats all of the above with the same key.
  await writeCheck(dataDir, key);
  return { key, path, newRecoveryKit: join(dataDir, RECOVERY_KIT_FILE) };
}

/** A new key in its place would open nothing that was sealed, and would seal what comes under another. */
function goneMessage(path: string): string {
  return `the master key ${path} is gone: put back the file, or save the key of the recovery kit under that name; without it access keys and encrypted objects cannot be opened`;
}

async function credentialPath(directory: string | undefined): Promise<string | undefined> {
  if (directory === undefined) return undefined;
  const path = join(directory, CREDENTIAL_NAME);
  return (await readOrAbsent(path)) === undefined ? undefined : path;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const content = await readOrAbsent(path);
  if (content === undefined) return undefined;
  const key = parseMasterKey(content.toString('latin1')) ?? (content.length === MASTER_KEY_BYTES ? content : undefined);
  if (key === undefined)
    throw new MasterKeyUnusable(
      `${path} holds no master key (32 bytes, 64 hex digits, base64, or the recovery kit's text)`,
    );
  return key;
}

async function readOrAbsent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new MasterKeyUnusable(`cannot read ${path}: ${errnoOf(error) ?? 'unknown error'}`);
  }
}

type KeyCheck = z.infer<typeof checkSchema>;

async function readCheck(dataDir: string): Promise<KeyCheck | undefined> {
  const path = join(dataDir, CHECK_FILE);
  const content = await readOrAbsent(path);
  if (content === undefined) return undefined;
  try {
    return checkSchema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    throw new MasterKeyUnusable(`${path} is damaged`);
  }
}

async function writeCheck(dataDir: string, key: Uint8Array): Promise<void> {
  const salt = randomBytes(16);
  const check: KeyCheck = { format: 1, salt: salt.toString('base64'), check: checkValue(key, salt).toString('base64') };
  await writePrivateFile(dataDir, CHECK_FILE, `${JSON.stringify(check)}\n`);
}

function isRightKey(key: Uint8Array, known: KeyCheck): boolean {
  const wanted = Buffer.from(known.check, 'base64');
  const found = checkValue(key, Buffer.from(known.salt, 'base64'));
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

function checkValue(key: Uint8Array, salt: Uint8Array): Buffer {
  return createHmac('sha256', key).update('stowage master key check 1\0').update(salt).digest();
}
