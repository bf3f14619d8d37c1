import { createKeySchema, postKey } from '../../../contract/keys.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createKey } from '../../../services/keys/create-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postKeyEndpoint = sessionEndpoint(postKey, async (context, { session, body, log }) => {
  const { userName, label, expiresAtMs, policy, sourceIps } = createKeySchema.parse(body);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'iam:CreateAccessKey' });
  const { accessKeyId, secretAccessKey } = await createKey(context, identity, {
    userName,
    label,
    expiresAtMs,
    limits: { policy, sourceIps },
  });
  log.info({ by: identity.name, user: userName ?? identity.name, accessKeyId }, 'an access key was created');
  return { status: 201, body: { accessKeyId, secretAccessKey } };
});
