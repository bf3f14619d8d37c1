import type { ShareRow } from '../../db/tables/share.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, EpochMs, ObjectKey } from '../../domain/ids.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import type { ShareKind } from '../../domain/share.ts';
import { authorize } from '../access/authorize.ts';
import { hashPassword } from '../access/password.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { headObject } from '../objects/head-object.ts';
import { publishShare } from './publish-share.ts';
import { baseOf } from './share-items.ts';
import { hashShareToken, newShareId, newShareToken, sealShareToken } from './share-token.ts';

/** What a person can say of a link, beside what it leads to. */
export interface ShareWishes {
  readonly expiresMs: EpochMs | null;
  readonly password: string | null;
  readonly downloadLimit: number | null;
  readonly note: string;
  readonly label: string;
  readonly maxBytes: number | null;
  readonly maxFiles: number | null;
  readonly fileTypes: readonly string[] | null;
}

export interface CreateShareRequest extends ShareWishes {
  readonly identity: UserIdentity & Identity;
  readonly bucket: BucketName;
  /** Keys, and folders with a `/` at the end (`''` is the whole bucket); of an upload request the one folder it fills. */
  readonly items: readonly string[];
  readonly isUpload: boolean;
}

const UNCONDITIONAL = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/**
 * Makes a link, for who may do what it does. Throws AccessDenied, NoSuchBucket, NoSuchKey (a file that is not there), InvalidURI,
 * KeyTooLongError.
 */
export async function createShare(context: ServiceContext, request: CreateShareRequest): Promise<ShareRow> {
  const bucket = await requireBucket(context, request.bucket);
  for (const item of request.items) await checkItem(context, request, item);
  const token = newShareToken();
  const id = newShareId();
  const nowMs = context.now();
  const share: ShareRow = {
    id,
    token_hash: hashShareToken(token),
    sealed_token: sealShareToken(context.keys, id, token),
    kind: kindOf(request),
    bucket_id: bucket.id,
    bucket_name: bucket.name,
    base: baseOf(request.items),
    items: JSON.stringify(request.items),
    maker_id: request.identity.userId,
    created_ms: nowMs,
    expires_ms: request.expiresMs,
    revoked_ms: null,
    password_hash: request.password === null ? null : await hashPassword(request.password),
    download_limit: request.downloadLimit,
    note: request.note,
    label: request.label,
    max_bytes: request.maxBytes,
    max_files: request.maxFiles,
    file_types: request.fileTypes === null ? null : JSON.stringify(request.fileTypes),
    received_bytes: 0,
    received_files: 0,
    opens: 0,
    downloads: 0,
    used_ms: null,
    used_address: null,
    used_client: null,
  };
  await context.engine.submit('create-share', { bucket: { id: bucket.id, name: bucket.name }, share });
  publishShare(context, share, 'changed');
  return share;
}

/** A folder's `/` at the end is no part of a key, but all keys in it begin so: it obeys the same rules. */
async function checkItem(context: ServiceContext, request: CreateShareRequest, item: string): Promise<void> {
  const { identity, bucket } = request;
  const key: ObjectKey | undefined = item === '' ? undefined : parseObjectKey(item);
  const isFolder = key === undefined || key.endsWith('/');
  if (request.isUpload) {
    if (!isFolder || request.items.length !== 1)
      throw new Failure('InvalidRequest', 'an upload request fills one folder');
    await authorize(context, { identity, iamAction: 's3:PutObject', bucket, key });
    return;
  }
  await authorize(context, { identity, iamAction: 's3:GetObject', bucket, key });
  if (isFolder) await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  else {
    const found = { bucket, key, versionId: undefined, conditions: UNCONDITIONAL };
    await headObject(context, { ...found, wanted: { kind: 'all' } });
  }
}

function kindOf({ isUpload, items }: CreateShareRequest): ShareKind {
  if (isUpload) return 'upload';
  const [first = ''] = items;
  if (items.length > 1) return 'selection';
  return first === '' || first.endsWith('/') ? 'folder' : 'file';
}
