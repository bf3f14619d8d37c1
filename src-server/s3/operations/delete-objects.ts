import type { DeleteResult } from '../../commands/delete-objects.ts';
import { s3Arn } from '../../domain/arn-names.ts';
import { parseETagCondition } from '../../domain/etag.ts';
import { type Failure, isFailure } from '../../domain/failure.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { parseVersionId } from '../../domain/version-id.ts';
import { noteDenied } from '../../services/access/denied.ts';
import type { ServiceContext } from '../../services/context.ts';
import { type DeleteObjectsRequest, deleteObjects as removeObjects } from '../../services/objects/delete-objects.ts';
import { authorizeRequest } from '../access/authorize-request.ts';
import { ERROR_FACTS } from '../errors/codes.ts';
import { bypassesGovernance } from '../http/object-lock-headers.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation, S3Request, Target } from '../operation.ts';
import { DELETE_OBJECTS_BYTES } from '../operation-table/row.ts';
import { type ObjectToDelete, parseDelete } from '../xml/shapes/delete.ts';
import { type DeletedEntry, deleteResultXml } from '../xml/shapes/delete-result.ts';

type KeyToDelete = DeleteObjectsRequest['keys'][number];
type Request = S3Request<Extract<Target, { scope: 'bucket' }>>;

/** Each key asks for what DeleteObject of it would. */
const ROW = { action: 'DeleteObject', iamAction: 's3:DeleteObject' };
const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/** DeleteObjects: deletes up to 1,000 keys or versions; what fails fails alone, inside a 200. */
export const deleteObjects: BucketOperation = async (context, request) => {
  const { isQuiet, objects } = parseDelete(await request.body.readAll(DELETE_OBJECTS_BYTES));
  const entries: (DeletedEntry | undefined)[] = [];
  const keys: KeyToDelete[] = [];
  for (const object of objects) {
    const checked = await checkKey(context, request, object);
    entries.push('code' in checked ? errorEntry(object, checked) : undefined);
    if (!('code' in checked)) keys.push(checked);
  }
  const { bucket } = request.target;
  const results = await removeObjects(context, { identity: request.identity, bucket, keys });
  let next = 0;
  const all = entries.map((entry, i) => entry ?? resultEntry(objects[i], results[next++]));
  return xmlResponse(deleteResultXml(isQuiet ? all.filter((entry) => entry.kind === 'error') : all));
};

/** Reads one object's names and asks for its permission; answers the failure that is this object's alone. */
async function checkKey(
  context: ServiceContext,
  request: Request,
  object: ObjectToDelete,
): Promise<KeyToDelete | Failure> {
  try {
    const key = parseObjectKey(object.key);
    const versionId = object.versionId === undefined ? undefined : parseVersionId(object.versionId);
    const headers = object.etag === undefined ? NO_HEADERS : new Map([['if-match', object.etag]]);
    const query = object.versionId === undefined ? NO_HEADERS : new Map([['versionId', object.versionId]]);
    const source = { header: (name: string) => headers.get(name), query };
    await authorizeRequest(context, {
      row: ROW,
      identity: request.identity,
      bucket: request.target.bucket,
      key,
      source,
    });
    const condition = object.etag === undefined ? undefined : parseETagCondition(object.etag);
    const place = { bucket: request.target.bucket, key };
    return { key, versionId, condition, bypassGovernance: await bypassesGovernance(context, request, place) };
  } catch (error) {
    if (isFailure(error, 'AccessDenied')) noteDeniedKey(context, request, error);
    if (isFailure(error, 'KeyTooLongError', 'InvalidURI', 'InvalidArgument', 'AccessDenied')) return error;
    throw error;
  }
}

/** The answer as a whole is no refusal, so nobody else notes this one. */
function noteDeniedKey(context: ServiceContext, { identity, target }: Request, error: Failure): void {
  const { code } = error;
  noteDenied(context, identity, {
    action: 's3:DeleteObject',
    resource: s3Arn(target.bucket, undefined),
    code,
    status: ERROR_FACTS[code].status,
    port: 's3',
    error,
    sourceAddress: identity.environment?.sourceAddress,
    requestId: identity.environment?.requestId ?? '',
  });
}

function errorEntry(object: ObjectToDelete, failure: Failure): DeletedEntry {
  // AWS says of an id that can be no version's what it says of one that is none.
  const code = failure.code === 'InvalidArgument' ? 'NoSuchVersion' : failure.code;
  const message = failure.message === '' || code !== failure.code ? ERROR_FACTS[code].message : failure.message;
  return { kind: 'error', key: object.key, versionId: object.versionId, code, message };
}

function resultEntry(object: ObjectToDelete | undefined, result: DeleteResult | undefined): DeletedEntry {
  if (object === undefined || result === undefined) throw new Error('a key was deleted without a result');
  const { key, versionId } = object;
  switch (result.kind) {
    case 'failed':
      return {
        kind: 'error',
        key,
        versionId,
        code: result.code,
        message: result.message || ERROR_FACTS[result.code].message,
      };
    case 'marked':
      return { kind: 'deleted', key, versionId, markerId: result.markerId };
    case 'removed':
      return { kind: 'deleted', key, versionId, markerId: result.wasMarker ? result.versionId : undefined };
  }
}
