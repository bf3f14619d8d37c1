import { isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { type ConditionContext, joinContexts } from '../../domain/policy/context.ts';
import { parseVersionId } from '../../domain/version-id.ts';
import { authorize } from '../../services/access/authorize.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { Identity } from '../../services/identity.ts';
import { conditionFacts, type FactSource } from '../auth/condition-facts.ts';
import type { AnyOperationRow } from '../operation-table/row.ts';
import { neededActions } from './needed-actions.ts';

/** A request whose sender is known, as authorization sees it. */
export interface AskedRequest {
  readonly row: Pick<AnyOperationRow, 'action' | 'iamAction'>;
  readonly identity: Identity;
  readonly bucket: BucketName | undefined;
  readonly key: ObjectKey | undefined;
  readonly source: FactSource;
  /** What the body says beside headers and query. */
  readonly bodyFacts?: ConditionContext | undefined;
}

/** Asks for everything that a request needs. Throws AccessDenied, NoSuchBucket. */
export async function authorizeRequest(context: ServiceContext, asked: AskedRequest): Promise<void> {
  const { row, identity, bucket, key, source, bodyFacts } = asked;
  const ofRequest = conditionFacts(source);
  const facts = bodyFacts === undefined ? ofRequest : joinContexts(bodyFacts, ofRequest);
  const versionId = versionOf(source);
  for (const { iamAction, isForNew } of neededActions(row, source)) {
    await authorize(context, { identity, iamAction, bucket, key, versionId, facts, isForNew });
  }
}

/** What is no version id is refused by who reads it, after it is known who asks. */
function versionOf({ query }: FactSource): VersionId | undefined {
  const text = query.get('versionId');
  if (text === undefined) return undefined;
  try {
    return parseVersionId(text);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
