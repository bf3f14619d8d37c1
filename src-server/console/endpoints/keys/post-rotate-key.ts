import { postRotateKey, rotateKeySchema } from '../../../contract/keys.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { rotateKey } from '../../../services/keys/rotate-key.ts';
import { sessionEndpoint } from '../../endpoint.ts';

const HOUR_MS = 3_600_000;

export const postRotateKeyEndpoint = sessionEndpoint(postRotateKey, async (context, { session, body, params, log }) => {
  const { overlapHours } = rotateKeySchema.parse(body);
  const { identity } = session;
  const oldId = params.id ?? '';
  await authorize(context, { identity, iamAction: 'iam:CreateAccessKey' });
  await authorize(context, { identity, iamAction: 'iam:UpdateAccessKey' });
  const overlapMs = Math.round(overlapHours * HOUR_MS);
  const { accessKeyId, secretAccessKey } = await rotateKey(context, identity, oldId, overlapMs);
  log.info({ by: identity.name, oldId, accessKeyId }, 'an access key was rotated');
  return { status: 201, body: { accessKeyId, secretAccessKey } };
});
