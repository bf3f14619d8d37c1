import { putObjectRetention, putRetentionSchema } from '../../../contract/object-lock.ts';
import type { EpochMs } from '../../../domain/ids.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { mayBypassGovernance } from '../../../services/locks/may-bypass.ts';
import { putObjectRetention as setRetention } from '../../../services/locks/put-object-retention.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { lockTarget, readLock } from '../../object-lock.ts';

export const putObjectRetentionEndpoint = sessionEndpoint(
  putObjectRetention,
  async (context, { session, params, body }) => {
    const { retention, bypassGovernance: asks, ...named } = putRetentionSchema.parse(body);
    const target = lockTarget(params, named);
    const { identity } = session;
    const place = { identity, bucket: target.bucket, key: target.key };
    await authorize(context, { ...place, iamAction: 's3:PutObjectRetention' });
    const bypassGovernance = asks && (await mayBypassGovernance(context, place));
    await setRetention(context, target, {
      // A whole number of milliseconds, by the schema.
      retention: retention === null ? undefined : { mode: retention.mode, untilMs: retention.untilMs as EpochMs },
      bypassGovernance,
    });
    return { status: 200, body: await readLock(context, identity, target) };
  },
);
