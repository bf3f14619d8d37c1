import { deleteShare } from '../../../contract/shares.ts';
import { removeShare } from '../../../services/shares/change-share.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';

export const deleteShareEndpoint = sessionEndpoint(deleteShare, async (context, { session, params }) => {
  const isRemoved = await removeShare(context, session.identity, params.id ?? '');
  if (!isRemoved) throw new ConsoleError(404, 'NoSuchShare', 'there is no such link');
  return { status: 204, body: undefined };
});
