const ENCRYPTED: Readonly<Record<string, string>> = { 'x-amz-server-side-encryption': 'AES256' };
const PLAIN: Readonly<Record<string, string>> = {};

/** What an answer says of encryption: only where bytes are encrypted. */
export function encryptionHeaders(isEncrypted: boolean): Readonly<Record<string, string>> {
  return isEncrypted ? ENCRYPTED : PLAIN;
}
