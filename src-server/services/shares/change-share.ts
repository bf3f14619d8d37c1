import type { ShareChanges } from '../../commands/change-share.ts';
import { hashPassword } from '../access/password.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import type { ShareWishes } from './create-share.ts';
import { getShare, managesAllShares, type ShareSummary } from './list-shares.ts';
import { publishShare } from './publish-share.ts';

/** What is not named stays. */
export type ShareEdit = Partial<ShareWishes> & { readonly isRevoked?: boolean };

/** Changes a link of one's own, or as an admin of the install anybody's; undefined where there is no such link. */
export async function changeShare(
  context: ServiceContext,
  identity: UserIdentity,
  id: string,
  edit: ShareEdit,
): Promise<ShareSummary | undefined> {
  const makerId = managesAllShares(identity) ? undefined : identity.userId;
  const changes = await changesOf(context, edit);
  if (!(await context.engine.submit('change-share', { id, makerId, changes }))) return undefined;
  const found = await getShare(context, identity, id);
  if (found !== undefined) publishShare(context, found.summary.share, 'changed');
  return found?.summary;
}

async function changesOf(context: ServiceContext, edit: ShareEdit): Promise<ShareChanges> {
  const { expiresMs, password, downloadLimit, note, label, maxBytes, maxFiles, fileTypes, isRevoked } = edit;
  return {
    ...(expiresMs === undefined ? {} : { expires_ms: expiresMs }),
    ...(password === undefined ? {} : { password_hash: password === null ? null : await hashPassword(password) }),
    ...(downloadLimit === undefined ? {} : { download_limit: downloadLimit }),
    ...(note === undefined ? {} : { note }),
    ...(label === undefined ? {} : { label }),
    ...(maxBytes === undefined ? {} : { max_bytes: maxBytes }),
    ...(maxFiles === undefined ? {} : { max_files: maxFiles }),
    ...(fileTypes === undefined ? {} : { file_types: fileTypes === null ? null : JSON.stringify(fileTypes) }),
    ...(isRevoked === undefined ? {} : { revoked_ms: isRevoked ? context.now() : null }),
  };
}

/** Removes a link for good, by the same rule; false where there is no such link. */
export async function removeShare(context: ServiceContext, identity: UserIdentity, id: string): Promise<boolean> {
  const found = await getShare(context, identity, id);
  const makerId = managesAllShares(identity) ? undefined : identity.userId;
  const isRemoved = await context.engine.submit('remove-share', { id, makerId });
  if (isRemoved && found !== undefined) publishShare(context, found.summary.share, 'changed');
  return isRemoved;
}
