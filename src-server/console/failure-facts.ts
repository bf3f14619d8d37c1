import type { FailureCode } from '../domain/failure.ts';

interface FailureFacts {
  readonly status: number;
  /** Where the failure itself says nothing. */
  readonly message: string;
}

/** What the console answers to failures of the services; the others are a 400 with their code. */
export const FAILURE_FACTS: Partial<Readonly<Record<FailureCode, FailureFacts>>> = {
  AccessDenied: { status: 403, message: 'you may not do this' },
  BadDigest: { status: 400, message: 'the bytes are not those that were announced' },
  BucketAlreadyExists: { status: 409, message: 'the name is taken' },
  BucketAlreadyOwnedByYou: { status: 409, message: 'you have a bucket of this name' },
  BucketNotEmpty: { status: 409, message: 'there is something in the bucket; versions and delete markers count' },
  DeleteConflict: { status: 409, message: 'something still depends on it' },
  EntityAlreadyExists: { status: 409, message: 'the name is taken' },
  EntityTooLarge: { status: 413, message: 'it is too large' },
  EntityTooSmall: { status: 400, message: 'a part is smaller than 5 MiB and not the last' },
  IncompleteBody: { status: 400, message: 'the upload ended early' },
  InsufficientStorage: { status: 507, message: 'there is not enough space left' },
  InternalError: { status: 500, message: 'something went wrong' },
  InvalidBucketState: { status: 409, message: 'Object Lock keeps versioning on' },
  InvalidBucketName: { status: 400, message: 'a bucket cannot have this name' },
  InvalidPart: { status: 400, message: 'a part is not there, or is another one' },
  InvalidRange: { status: 416, message: 'the object has no such bytes' },
  InvalidURI: { status: 400, message: 'no object can have this key' },
  KeyTooLongError: { status: 400, message: 'the key is longer than 1,024 bytes' },
  LimitExceeded: { status: 409, message: 'there are as many as there may be' },
  MethodNotAllowed: { status: 405, message: 'this is a delete marker' },
  NoSuchBucket: { status: 404, message: 'there is no such bucket' },
  NoSuchEntity: { status: 404, message: 'there is none of this name' },
  NoSuchKey: { status: 404, message: 'there is no such object' },
  NoSuchUpload: { status: 404, message: 'there is no such open upload' },
  NoSuchVersion: { status: 404, message: 'there is no such version' },
  NotImplemented: { status: 501, message: 'this is not possible here' },
  OperationAborted: { status: 409, message: 'something else changed it at the same time' },
  PreconditionFailed: { status: 412, message: 'it is not what it was expected to be' },
  QuotaExceeded: { status: 403, message: 'the quota is used up' },
  RequestTimeout: { status: 408, message: 'nothing came for too long' },
  ServiceUnavailable: { status: 503, message: 'this is not possible now' },
  SlowDown: { status: 503, message: 'too much at once; try again' },
};
