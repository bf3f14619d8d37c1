import { postUndoBucketChange } from '../../../contract/bucket-changes.ts';
import { assertNever } from '../../../domain/assert-never.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { undoBucketChange } from '../../../services/buckets/undo-bucket-change.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postUndoBucketChangeEndpoint = sessionEndpoint(
  postUndoBucketChange,
  async (context, { session, params }) => {
    const bucket = bucketOfPath(params);
    const { identity } = session;
    // Who may not read the history learns nothing of what is in it; each setting then asks for its own action.
    await authorize(context, { identity, iamAction: 's3:GetBucketVersioning', bucket });
    const outcome = await undoBucketChange(context, identity, bucket, Number(params.change));
    switch (outcome) {
      case 'undone':
        return { status: 204, body: undefined };
      case 'no-such-change':
        throw new ConsoleError(404, 'NoSuchChange', 'there is no such change');
      case 'changed-since':
        throw new ConsoleError(409, 'ChangedSince', 'the setting was changed again since');
      default:
        return assertNever(outcome);
    }
  },
);
