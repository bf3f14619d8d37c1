import type { FactSource } from '../auth/condition-facts.ts';
import type { AnyOperationRow } from '../operation-table/row.ts';

/** A permission that a request needs. */
export interface NeededAction {
  readonly iamAction: string;
  /** It is about what the request makes, not about what stands under that name. */
  readonly isForNew?: boolean;
}

/** A permission that a request needs beside the one of its row, where the request says so. */
interface SecondAction extends NeededAction {
  when(source: FactSource): boolean;
}

interface ActionNeeds {
  /** In place of the row's where the request names a version: AWS asks for one or the other. */
  readonly ofVersion?: string;
  readonly also?: readonly SecondAction[];
}

const GRANT_HEADERS = ['full-control', 'read', 'read-acp', 'write', 'write-acp'].map((name) => `x-amz-grant-${name}`);

const hasHeader =
  (...names: readonly string[]) =>
  (source: FactSource): boolean =>
    names.some((name) => source.header(name) !== undefined);

const namesVersion = (source: FactSource): boolean => source.query.has('versionId');

/** AWS: a write that first looks at what stands may be made only by who may see it. */
const COMPARES: SecondAction = { iamAction: 's3:GetObject', when: hasHeader('if-match') };
/** `*` only asks whether there is anything. */
const COMPARES_ETAG: SecondAction = {
  iamAction: 's3:GetObject',
  when: (source) => !['*', undefined].includes(source.header('if-match')),
};
const GIVES_TAGS: SecondAction = { iamAction: 's3:PutObjectTagging', isForNew: true, when: hasHeader('x-amz-tagging') };
const GIVES_ACL: SecondAction = {
  iamAction: 's3:PutObjectAcl',
  isForNew: true,
  when: hasHeader('x-amz-acl', ...GRANT_HEADERS),
};
// Retention and legal hold are asked for where their headers are read (`http/object-lock-headers.ts`): policies may limit how long.
const WRITES: readonly SecondAction[] = [COMPARES, GIVES_TAGS, GIVES_ACL];

/** By the name of the action. What is not here needs what its row says. Sources of copies are asked about where they are read. */
const NEEDS: Readonly<Record<string, ActionNeeds>> = {
  CompleteMultipartUpload: { also: [COMPARES] },
  CopyObject: { also: WRITES },
  CreateBucket: {
    also: [
      {
        iamAction: 's3:PutBucketAcl',
        isForNew: true,
        when: (source) =>
          hasHeader(...GRANT_HEADERS)(source) || !['private', undefined].includes(source.header('x-amz-acl')),
      },
      { iamAction: 's3:PutBucketOwnershipControls', isForNew: true, when: hasHeader('x-amz-object-ownership') },
      ...['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'].map((iamAction) => ({
        iamAction,
        isForNew: true,
        when: (source: FactSource) => source.header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true',
      })),
    ],
  },
  CreateMultipartUpload: { also: WRITES },
  DeleteObject: { ofVersion: 's3:DeleteObjectVersion', also: [COMPARES_ETAG] },
  DeleteObjectTagging: { ofVersion: 's3:DeleteObjectVersionTagging' },
  GetObject: { ofVersion: 's3:GetObjectVersion' },
  GetObjectAcl: { ofVersion: 's3:GetObjectVersionAcl' },
  GetObjectAttributes: {
    ofVersion: 's3:GetObjectVersionAttributes',
    also: [
      { iamAction: 's3:GetObject', when: (source) => !namesVersion(source) },
      { iamAction: 's3:GetObjectVersion', when: namesVersion },
    ],
  },
  GetObjectTagging: { ofVersion: 's3:GetObjectVersionTagging' },
  HeadObject: { ofVersion: 's3:GetObjectVersion' },
  PostObject: { also: WRITES },
  PutObject: { also: WRITES },
  PutObjectAcl: { ofVersion: 's3:PutObjectVersionAcl' },
  PutObjectTagging: { ofVersion: 's3:PutObjectVersionTagging' },
};

const BY_ACTION: ReadonlyMap<string, ActionNeeds> = new Map(Object.entries(NEEDS));

/** Actions whose body says what policies ask for (`s3:RequestObjectTag`): the operation asks once it has read it. */
export const ASKED_AFTER_BODY: ReadonlySet<string> = new Set(['PutObjectTagging']);

/**
 * Every permission that a request needs (API reference, "Permissions" of each action), the row's own last. One place for all ports and
 * operations: a header that does something more is never done on the strength of the plain action.
 */
export function neededActions(
  row: Pick<AnyOperationRow, 'action' | 'iamAction'>,
  source: FactSource,
): readonly NeededAction[] {
  const needs = BY_ACTION.get(row.action);
  const own = needs?.ofVersion !== undefined && namesVersion(source) ? needs.ofVersion : row.iamAction;
  const also = (needs?.also ?? []).filter((second) => second.when(source));
  return [...also, { iamAction: own }];
}
