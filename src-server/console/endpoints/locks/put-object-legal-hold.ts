import { putLegalHoldSchema, putObjectLegalHold } from '../../../contract/object-lock.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { putObjectLegalHold as setLegalHold } from '../../../services/locks/put-object-legal-hold.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { lockTarget, readLock } from '../../object-lock.ts';

export const putObjectLegalHoldEndpoint = sessionEndpoint(
  putObjectLegalHold,
  async (context, { session, params, body }) => {
    const { isOn, ...named } = putLegalHoldSchema.parse(body);
    const target = lockTarget(params, named);
    const { identity } = session;
    const iamAction = 's3:PutObjectLegalHold';
    await authorize(context, { identity, iamAction, bucket: target.bucket, key: target.key });
    await setLegalHold(context, target, isOn);
    return { status: 200, body: await readLock(context, identity, target) };
  },
);
