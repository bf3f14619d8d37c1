import { patchKey, updateKeySchema } from '../../../contract/keys.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { updateKey } from '../../../services/keys/update-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const patchKeyEndpoint = sessionEndpoint(patchKey, async (context, { session, body, params, log }) => {
  const changes = updateKeySchema.parse(body);
  const { identity } = session;
  const accessKeyId = params.id ?? '';
  await authorize(context, { identity, iamAction: 'iam:UpdateAccessKey' });
  await updateKey(context, identity, accessKeyId, {
    state: undefined,
    label: undefined,
    expiresAtMs: undefined,
    ...changes,
  });
  log.info({ by: identity.name, accessKeyId, state: changes.state }, 'an access key was changed');
  return { status: 204, body: undefined };
});
