import { getShare } from '../../../contract/shares.ts';
import { getShare as findShare } from '../../../services/shares/list-shares.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentShare } from '../../present-share.ts';

export const getShareEndpoint = sessionEndpoint(getShare, async (context, { session, params }) => {
  const found = await findShare(context, session.identity, params.id ?? '');
  if (found === undefined) throw new ConsoleError(404, 'NoSuchShare', 'there is no such link');
  const uses = found.uses.map(({ kind, at_ms, address, client, subject }) => ({
    kind,
    atMs: at_ms,
    address,
    client,
    subject,
  }));
  return { status: 200, body: { share: presentShare(found.summary, session.identity), uses } };
});
