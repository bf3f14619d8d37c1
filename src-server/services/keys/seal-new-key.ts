import type { NewKey } from '../../commands/create-access-key.ts';
import { type AccessKeyPair, newAccessKeyPair } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';

/** A fresh key: in clear for its owner's eyes, sealed for the catalogue. */
export function sealNewKey({ keys }: ServiceContext): { readonly pair: AccessKeyPair; readonly key: NewKey } {
  const pair = newAccessKeyPair();
  const sealedSecret = keys.sealSecret(pair.secretAccessKey, pair.accessKeyId);
  return { pair, key: { accessKeyId: pair.accessKeyId, sealedSecret } };
}
