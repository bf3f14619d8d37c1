import { getBin, listBinSchema } from '../../../contract/operations.ts';
import type { BinPlace } from '../../../db/tables/binned-object.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listBin } from '../../../services/operations/list-bin.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

const DAY_MS = 86_400_000;

export const getBinEndpoint = sessionEndpoint(getBin, async (context, { session, params, query }) => {
  const { cursor, limit } = listBinSchema.parse(query);
  const bucket = bucketOfPath(params);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucket', bucket });
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const { objects, next, total } = await listBin(context, bucket, { after, limit });
  const keepDays = context.config.binKeepDays;
  const shown = objects.map((object) => ({
    batch: String(object.batch_id),
    key: object.key,
    sizeBytes: object.size,
    binnedAtMs: object.binned_ms,
    binnedBy: object.binnedByName ?? null,
    goesAtMs: object.binned_ms + keepDays * DAY_MS,
  }));
  const nextCursor = next === undefined ? null : toCursor(next);
  const totals = { totalObjects: total.objects, totalBytes: total.bytes };
  return { status: 200, body: { objects: shown, nextCursor, ...totals, keepDays } };
});

function toCursor({ batchId, key }: BinPlace): string {
  return Buffer.from(`${batchId}/${key}`).toString('base64url');
}

/** The place to go on behind. Any is one: a made-up cursor finds no more than the list would show. */
function readCursor(cursor: string): BinPlace {
  const [, batch, key] = /^(\d{1,16})\/(.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (batch === undefined || key === undefined) {
    throw new ConsoleError(400, 'InvalidRequest', 'the cursor is not one of a page before', 'cursor');
  }
  return { batchId: Number(batch), key };
}
