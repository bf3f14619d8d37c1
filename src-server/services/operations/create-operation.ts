import { findAnyObject } from '../../db/tables/object-version.ts';
import { findOperation } from '../../db/tables/operation.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey, OperationId } from '../../domain/ids.ts';
import { endOfPrefix } from '../../domain/listing.ts';
import {
  folderOf,
  nameOfPath,
  numberedName,
  type OperationItem,
  type OperationRequest,
  type OperationSummary,
} from '../../domain/operation.ts';
import { authorize } from '../access/authorize.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { announceOperation } from './announce-operation.ts';

/** What an operation is to be about. */
export interface OperationOrder {
  readonly identity: UserIdentity & Identity;
  readonly bucket: BucketName;
  /** With targets as they were asked for; `target` of a transfer is filled in here. */
  readonly request: OperationRequest;
  readonly targetBucket?: BucketName;
}

/**
 * Puts an operation in line; the job does it. Rights are looked at here so that the answer is clear at once, and again with
 * every key when it runs.
 *
 * @throws Failure AccessDenied, NoSuchBucket; InvalidRequest for a folder into itself and for what would change nothing
 */
export async function createOperation(context: ServiceContext, order: OperationOrder): Promise<OperationId> {
  const { identity } = order;
  const bucket = await requireBucket(context, order.bucket);
  const request = await completed(context, order, bucket);
  for (const question of questionsOf(request, bucket.name)) await authorize(context, { identity, ...question });
  return submit(context, identity, bucket, request);
}

/** Puts the undo of an operation in line. Whether it can be undone its view says. @throws Failure OperationAborted */
export async function createUndo(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  id: OperationId,
): Promise<OperationId> {
  const row = await context.catalogue.read((tx) => findOperation(tx, id));
  if (row === undefined) throw new Failure('OperationAborted');
  const bucket = { id: row.bucket_id, name: row.bucket_name };
  return submit(context, identity, bucket, { kind: 'undo', operationId: id }, row.summary);
}

async function submit(
  context: ServiceContext,
  identity: UserIdentity,
  bucket: Pick<Bucket, 'id' | 'name'>,
  request: OperationRequest,
  summary: string = JSON.stringify(summaryOf(request)),
): Promise<OperationId> {
  const id = await context.engine.submit('create-operation', {
    operation: {
      user_id: identity.userId,
      user_name: identity.name,
      kind: request.kind,
      bucket_id: bucket.id,
      bucket_name: bucket.name,
      summary,
      // Read from a row's id.
      undo_of: request.kind === 'undo' ? (request.operationId as OperationId) : null,
      created_ms: context.now(),
    },
    request: JSON.stringify(request),
  });
  await announceOperation(context, id);
  return id;
}

async function completed(context: ServiceContext, order: OperationOrder, bucket: Bucket): Promise<OperationRequest> {
  const { request } = order;
  if (!('items' in request)) return request;
  const items = withoutNested(request.items);
  if (request.kind === 'delete') return { ...request, items };
  if (request.kind === 'rewind') {
    if (request.atMs > context.now()) throw new Failure('InvalidRequest', 'that time has not come');
    return { ...request, items };
  }
  const target = await requireBucket(context, order.targetBucket ?? order.bucket);
  const placed: OperationItem[] = [];
  for (const item of items) placed.push(await placedItem(context, request, item, { bucket, target }));
  return { ...request, items: placed, target: { id: target.id, name: target.name } };
}

/** What stands in a folder that is selected too is selected once, and so is what is named twice. */
function withoutNested(items: readonly OperationItem[]): OperationItem[] {
  const folders = new Set(items.filter(({ kind }) => kind === 'folder').map(({ from }) => from));
  const seen = new Set<string>();
  return items.filter((item) => {
    const name = JSON.stringify([item.kind, item.from, item.to]);
    if (seen.has(name) || liesInOneOf(folders, item)) return false;
    seen.add(name);
    return true;
  });
}

/** Looks at each folder above, so that thousands of items take no longer than they are long. */
function liesInOneOf(folders: ReadonlySet<string>, { kind, from }: OperationItem): boolean {
  for (let end = 0; end !== -1; end = from.indexOf('/', end) + 1 || -1) {
    const above = from.slice(0, end);
    const isItself = kind === 'folder' && above === from;
    if (folders.has(above) && !isItself) return true;
  }
  return false;
}

/** Refuses what cannot be; a copy beside itself gets a number where both are to be kept. */
async function placedItem(
  context: ServiceContext,
  request: Extract<OperationRequest, { conflict: unknown; items: unknown }>,
  item: OperationItem,
  { bucket, target }: { readonly bucket: Bucket; readonly target: Bucket },
): Promise<OperationItem> {
  if (bucket.id !== target.id) return item;
  if (item.from === item.to) {
    if (request.kind === 'copy' && request.conflict === 'keep-both') return numbered(context, item, target);
    throw new Failure('InvalidRequest', 'it is there already');
  }
  if (item.kind === 'folder' && item.to.startsWith(item.from)) {
    throw new Failure('InvalidRequest', 'a folder cannot go into itself');
  }
  return item;
}

async function numbered(context: ServiceContext, item: OperationItem, target: Bucket): Promise<OperationItem> {
  if (item.kind === 'file') return item;
  for (let number = 2; ; number++) {
    const to = numberedName(item.to, number);
    const range = { from: to, end: endOfPrefix(to) };
    const taken = await context.catalogue.read((tx) => findAnyObject(tx, target.id, range));
    if (taken === undefined) return { ...item, to };
  }
}

/** What stands for the whole: asked at once, so that a refusal needs no operation. */
function questionsOf(
  request: OperationRequest,
  bucket: BucketName,
): { iamAction: string; bucket: BucketName; key: ObjectKey | undefined }[] {
  const first = 'items' in request ? request.items[0] : undefined;
  // Only asked about; a key is parsed before it is written.
  const [from, to] = [first?.from, first?.to] as (ObjectKey | undefined)[];
  const ask = (iamAction: string, key: ObjectKey | undefined, at = bucket) => ({ iamAction, bucket: at, key });
  switch (request.kind) {
    case 'copy':
      return [ask('s3:GetObject', from), ask('s3:PutObject', to, request.target.name)];
    case 'move':
    case 'rename':
      return [ask('s3:DeleteObject', from), ask('s3:PutObject', to, request.target.name)];
    case 'restore':
      return [ask('s3:PutObject', undefined)];
    case 'rewind':
      return [
        ask('s3:ListBucketVersions', undefined),
        ask('s3:PutObject', from),
        ...(request.isExact ? [ask('s3:DeleteObject', from)] : []),
      ];
    default:
      return [ask('s3:DeleteObject', from)];
  }
}

function summaryOf(request: OperationRequest): OperationSummary {
  if (!('items' in request)) {
    const binned = 'binned' in request && request.binned !== 'all' ? request.binned : [];
    const first = binned[0]?.key ?? '';
    return { items: binned.length, first: nameOfPath(first), folder: folderOf(first), target: null };
  }
  const first = request.items[0];
  const [from, to] = [first?.from ?? '', first?.to ?? ''];
  const name = 'target' in request ? { bucket: request.target.name, folder: folderOf(to), name: nameOfPath(to) } : null;
  const summary = { items: request.items.length, first: nameOfPath(from), folder: folderOf(from), target: name };
  return request.kind === 'rewind' ? { ...summary, atMs: request.atMs } : summary;
}
