import { getShares, listSharesSchema } from '../../../contract/shares.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import { listShares, listSharesOf } from '../../../services/shares/list-shares.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentShare } from '../../present-share.ts';

export const getSharesEndpoint = sessionEndpoint(getShares, async (context, { session, query }) => {
  const { cursor, limit, bucket, item } = listSharesSchema.parse(query);
  if ((bucket === undefined) !== (item === undefined)) {
    throw new ConsoleError(400, 'InvalidRequest', 'bucket and item are given together', 'item');
  }
  const behind = cursor === undefined ? { createdMs: Number.MAX_SAFE_INTEGER, id: '' } : readCursor(cursor);
  const found =
    bucket === undefined || item === undefined
      ? await listShares(context, session.identity, behind, limit + 1)
      : await listSharesOf(context, session.identity, { bucket: parseBucketName(bucket), item }, behind, limit + 1);
  const shares = found.slice(0, limit).map((summary) => presentShare(summary, session.identity));
  const last = found.length > limit ? shares.at(-1) : undefined;
  return { status: 200, body: { shares, nextCursor: last === undefined ? null : `${last.createdAtMs}.${last.id}` } };
});

function readCursor(cursor: string): { createdMs: number; id: string } {
  const [, createdMs, id] = /^(\d{1,15})\.([0-9a-f]{1,64})$/.exec(cursor) ?? [];
  if (createdMs === undefined || id === undefined) {
    throw new ConsoleError(400, 'InvalidRequest', 'the cursor is not one of a page before', 'cursor');
  }
  return { createdMs: Number(createdMs), id };
}
