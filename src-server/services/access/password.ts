import { hash, verify } from '@node-rs/argon2';

/** For argon2id, the package's default kind. For new hashes only: `verify` reads the parameters of the stored one. */
const ARGON2_PARAMETERS = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

/** Takes as long to verify as a new hash, and no password fits it: for users that do not exist. */
export const NO_PASSWORD_HASH = `$argon2id$v=19$m=${ARGON2_PARAMETERS.memoryCost},t=${ARGON2_PARAMETERS.timeCost},p=${ARGON2_PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Hashes a console password (argon2id, 64 MiB, 3 passes) off this thread, into a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2_PARAMETERS);
}

/** Is this the password of the hash? A hash that cannot be read fits nothing. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password);
  } catch {
    return false;
  }
}
