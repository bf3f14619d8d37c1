import type { DataKey } from './body-store.ts';

/**
 * Everything that hangs on the install's master key (DESIGN §6). Each use has its own key, HKDF with its own label.
 * Unwrapping something that another master key made, or that was altered, throws `WrongMasterKey`.
 */
export interface KeyRing {
  /** A fresh data key and its envelope, for one version or upload. */
  newDataKey(): DataKey;
  openDataKey(envelope: Uint8Array): DataKey;
  /** Access-key secrets at rest; `context` (the key id) is authenticated with them. */
  sealSecret(secret: string, context: string): Buffer;
  openSecret(sealed: Uint8Array, context: string): string;
}

export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}
