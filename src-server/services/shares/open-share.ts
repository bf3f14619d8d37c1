import { findShareByToken, type ShareRow } from '../../db/tables/share.ts';
import { endOfShare, type ShareEnd } from '../../domain/share.ts';
import type { ServiceContext } from '../context.ts';
import { grantOf, type ShareGrant } from './share-identity.ts';
import { hashShareToken, isShareToken } from './share-token.ts';

/** A link that can be used now, on behalf of its maker. A password is still to be asked for. */
export interface OpenShare extends ShareGrant {
  readonly share: ShareRow;
}

/**
 * The link of a token, asked of the catalogue each time. Unknown, expired, revoked, used up and dead ones are all undefined.
 *
 * @param tolerates an end that does not count: who holds a ticket or a receipt of a link that is used up goes on
 */
export async function openShare(
  context: ServiceContext,
  token: string,
  tolerates?: Extract<ShareEnd, 'used-up'>,
): Promise<OpenShare | undefined> {
  if (!isShareToken(token)) return undefined;
  const share = await context.catalogue.read((tx) => findShareByToken(tx, hashShareToken(token)));
  if (share === undefined) return undefined;
  const end = endOfShare(share, context.now());
  if (end !== undefined && end !== tolerates) return undefined;
  const grant = await grantOf(context, share);
  return grant === undefined ? undefined : { ...grant, share };
}
