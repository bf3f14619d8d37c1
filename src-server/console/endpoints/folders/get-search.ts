import { getSearch, type SearchAnswer, searchQuerySchema } from '../../../contract/folder-view.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { BucketName } from '../../../domain/ids.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listBuckets } from '../../../services/buckets/list-buckets.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import type { ServiceContext } from '../../../services/context.ts';
import type { Identity } from '../../../services/identity.ts';
import type { ViewScope } from '../../../services/views/view-spec.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { conditionsOf, pageOf, presentRow, sortingOf } from '../../view-request.ts';

/** Of one search; a thousand buckets are looked through one behind the other. */
const MAX_BUCKETS = 1000;

export const getSearchEndpoint = sessionEndpoint(getSearch, async (context, { session, query }) => {
  const asked = searchQuerySchema.parse(query);
  const buckets = await readableBuckets(context, session.identity);
  const page = await context.views.page({
    ...pageOf(asked),
    spec: {
      scopes: buckets.map(({ scope }) => scope),
      content: { kind: 'search', conditions: conditionsOf(asked) ?? {} },
      sorting: sortingOf(asked),
    },
    locate: undefined,
  });
  const rows = page.rows.map((row) => ({ bucket: buckets[row.scope]?.name ?? '', row: presentRow(row) }));
  const body: SearchAnswer = { ...page, rows };
  return { status: 200, body };
});

/** A bucket that this user may not list, or that went away meanwhile, is left out. */
async function readableBuckets(
  context: ServiceContext,
  identity: Identity,
): Promise<{ readonly name: BucketName; readonly scope: ViewScope }[]> {
  const { buckets } = await listBuckets(context, identity, { after: '', prefix: '', limit: MAX_BUCKETS });
  const readable: { name: BucketName; scope: ViewScope }[] = [];
  for (const { name } of buckets) {
    try {
      await authorize(context, { identity, iamAction: 's3:ListBucket', bucket: name });
      readable.push({ name, scope: { bucketId: (await requireBucket(context, name)).id, prefix: '' } });
    } catch (error) {
      if (!isFailure(error, 'AccessDenied', 'NoSuchBucket')) throw error;
    }
  }
  return readable;
}
