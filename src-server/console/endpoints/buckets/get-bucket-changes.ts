import { getBucketChanges, listChangesSchema, type SettingChange } from '../../../contract/bucket-changes.ts';
import type { ChangeRecordRow } from '../../../db/tables/change-record.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listBucketChanges } from '../../../services/buckets/list-bucket-changes.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getBucketChangesEndpoint = sessionEndpoint(
  getBucketChanges,
  async (context, { session, params, query }) => {
    const bucket = bucketOfPath(params);
    const { cursor, limit } = listChangesSchema.parse(query);
    await authorize(context, { identity: session.identity, iamAction: 's3:GetBucketVersioning', bucket });
    const page = await listBucketChanges(context, bucket, { below: cursor ?? Number.MAX_SAFE_INTEGER, limit });
    const changes = page.changes.map(({ change, isLatest }) => present(change, isLatest));
    return { status: 200, body: { changes, nextCursor: page.below === undefined ? null : String(page.below) } };
  },
);

function present(row: ChangeRecordRow, isLatest: boolean): SettingChange {
  return {
    id: row.id,
    field: row.field,
    before: row.before_value === null ? null : JSON.parse(row.before_value),
    after: row.after_value === null ? null : JSON.parse(row.after_value),
    actorName: row.actor_name,
    accessKeyId: row.access_key_id,
    atMs: row.at_ms,
    isLatest,
  };
}
