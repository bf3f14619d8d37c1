import { getKeys, keysQuerySchema } from '../../../contract/keys.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listKeys } from '../../../services/keys/list-keys.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentKey } from '../../present-key.ts';

export const getKeysEndpoint = sessionEndpoint(getKeys, async (context, { session, query }) => {
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'iam:ListAccessKeys' });
  const rows = await listKeys(context, identity, keysQuerySchema.parse(query).of);
  const nowMs = context.now();
  return { status: 200, body: { keys: rows.map((row) => presentKey(row, nowMs)) } };
});
