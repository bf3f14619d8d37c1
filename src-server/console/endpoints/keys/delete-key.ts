import { deleteKey } from '../../../contract/keys.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { deleteKey as removeKey } from '../../../services/keys/delete-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deleteKeyEndpoint = sessionEndpoint(deleteKey, async (context, { session, params, log }) => {
  const { identity } = session;
  const accessKeyId = params.id ?? '';
  await authorize(context, { identity, iamAction: 'iam:DeleteAccessKey' });
  await removeKey(context, identity, accessKeyId);
  log.info({ by: identity.name, accessKeyId }, 'an access key was deleted');
  return { status: 204, body: undefined };
});
