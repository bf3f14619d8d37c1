import type { PostOperation } from '../contract/operations.ts';
import { isBucketName } from '../domain/bucket-name.ts';
import { Failure } from '../domain/failure.ts';
import type { BucketId, BucketName, OperationId } from '../domain/ids.ts';
import { parseObjectKey } from '../domain/object-key.ts';
import type { BinnedRef, OperationItem, OperationRequest } from '../domain/operation.ts';
import type { ServiceContext } from '../services/context.ts';
import { findOperationView } from '../services/operations/list-operations.ts';
import type { OperationView } from '../services/operations/operation-view.ts';
import { waitForOperation } from '../services/operations/wait-for-operation.ts';
import { ConsoleError, type ConsoleSession, type EndpointAnswer } from './endpoint.ts';
import { presentOperation } from './present-operation.ts';

/** A bucket named in a body. Throws NoSuchBucket for what no bucket can be called. */
export function bucketNamed(text: string): BucketName {
  if (!isBucketName(text)) throw new Failure('NoSuchBucket');
  return text;
}

/** What services take of a request. Throws KeyTooLongError, InvalidURI, ConsoleError for a folder without its slash. */
export function requestOf(body: PostOperation): OperationRequest {
  // The target of a transfer is looked up by the service.
  const target = { id: 0 as BucketId, name: bucketNamed(body.bucket) };
  switch (body.kind) {
    case 'copy':
    case 'move':
      return { kind: body.kind, items: body.items.map(checked), target, conflict: body.conflict };
    case 'rename':
      return { kind: 'rename', items: [checked(body.item)], target, conflict: body.conflict };
    case 'delete':
      return { kind: 'delete', items: checkedItems(body.items) };
    case 'restore':
      return { kind: 'restore', binned: refsOf(body.binned), conflict: body.conflict };
    case 'purge':
      return { kind: 'purge', binned: refsOf(body.binned) };
    case 'rewind':
      return { kind: 'rewind', items: checkedItems(body.items), atMs: body.atMs, isExact: body.exact };
  }
}

/** Of what has no target. Throws as `requestOf`. */
export function checkedItems(
  items: readonly { readonly kind: OperationItem['kind']; readonly from: string }[],
): OperationItem[] {
  return items.map((item) => checked({ ...item, to: item.from }));
}

function checked(item: OperationItem): OperationItem {
  for (const path of [item.from, item.to]) {
    if (item.kind === 'folder' && path === '') continue;
    parseObjectKey(path);
    if (item.kind === 'folder' && !path.endsWith('/')) {
      throw new ConsoleError(400, 'InvalidRequest', 'a folder ends with a slash', 'items');
    }
  }
  return item;
}

function refsOf(binned: 'all' | readonly { batch: string; key: string }[]): readonly BinnedRef[] | 'all' {
  return binned === 'all' ? 'all' : binned.map(({ batch, key }) => ({ batchId: Number(batch), key }));
}

/** The operation of a path. Throws 404 where this user may see none of that id. */
export async function operationOfPath(
  context: ServiceContext,
  session: ConsoleSession,
  params: Readonly<Record<string, string>>,
): Promise<OperationView> {
  const text = params.id ?? '';
  // Looked up before anything is believed of it.
  const id = (/^\d{1,16}$/.test(text) ? Number(text) : 0) as OperationId;
  const found = await findOperationView(context, session.identity, id);
  if (found === undefined) throw new ConsoleError(404, 'NoSuchOperation', 'there is no such operation');
  return found;
}

/** A new operation as it is after a moment: a small one is done by then. */
export async function answerWithOperation(
  context: ServiceContext,
  session: ConsoleSession,
  id: OperationId,
): Promise<EndpointAnswer> {
  await waitForOperation(context, id);
  const view = await findOperationView(context, session.identity, id);
  if (view === undefined) throw new Error('an operation is gone that was just made');
  return { status: 201, body: presentOperation(view) };
}
