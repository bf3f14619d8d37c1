/**
 * Failures that a caller may be told about. The vocabulary is AWS S3's error codes (AmazonS3/latest/API/ErrorResponses)
 * plus the codes of our own that DESIGN names; `s3/errors/codes.ts` gives each its status and default message.
 */
const FAILURE_CODES = [
  'AccessControlListNotSupported',
  'AccessDenied',
  'AmbiguousGrantByEmailAddress',
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'BadDigest',
  'BadRequest',
  'BucketAlreadyExists',
  'BucketAlreadyOwnedByYou',
  'BucketNotEmpty',
  'ConditionalRequestConflict',
  'CredentialsNotSupported',
  'CrossLocationLoggingProhibited',
  'DeleteConflict',
  'EntityAlreadyExists',
  'EntityTooLarge',
  'EntityTooSmall',
  'ExpiredToken',
  'IllegalLocationConstraintException',
  'IllegalVersioningConfigurationException',
  'IncompleteBody',
  'IncorrectNumberOfFilesInPostRequest',
  'InsufficientStorage',
  'InternalError',
  'InvalidAccessKeyId',
  'InvalidArgument',
  'InvalidBucketAclWithObjectOwnership',
  'InvalidBucketName',
  'InvalidBucketState',
  'InvalidChunkSizeError',
  'InvalidDigest',
  'InvalidEncryptionAlgorithmError',
  'InvalidLocationConstraint',
  'InvalidObjectState',
  'InvalidPart',
  'InvalidPartNumber',
  'InvalidPartOrder',
  'InvalidPolicyDocument',
  'InvalidRange',
  'InvalidRedirectLocation',
  'InvalidAction',
  'InvalidRequest',
  'InvalidStorageClass',
  'InvalidTag',
  'InvalidToken',
  'InvalidURI',
  'KeyTooLongError',
  'LimitExceeded',
  'MalformedACLError',
  'MalformedPolicy',
  'MalformedPolicyDocument',
  'MalformedPOSTRequest',
  'MalformedTrailerError',
  'MalformedXML',
  'MaxMessageLengthExceeded',
  'MaxPostPreDataLengthExceededError',
  'MetadataTooLarge',
  'MethodNotAllowed',
  'MissingAuthenticationToken',
  'MissingContentLength',
  'MissingRequestBodyError',
  'MissingSecurityHeader',
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchCORSConfiguration',
  'NoSuchEntity',
  'NoSuchKey',
  'NoSuchLifecycleConfiguration',
  'NoSuchObjectLockConfiguration',
  'NoSuchPublicAccessBlockConfiguration',
  'NoSuchTagSet',
  'NoSuchUpload',
  'NoSuchVersion',
  'NoSuchWebsiteConfiguration',
  'NotImplemented',
  'NotModified',
  'ObjectLockConfigurationNotFoundError',
  'OperationAborted',
  'OwnershipControlsNotFoundError',
  'PackedPolicyTooLarge',
  'PermanentRedirect',
  'PreconditionFailed',
  'QuotaExceeded',
  'ReplicationConfigurationNotFoundError',
  'RequestHeaderSectionTooLarge',
  'RequestIsNotMultiPartContent',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'ServerSideEncryptionConfigurationNotFoundError',
  'ServiceUnavailable',
  'SignatureDoesNotMatch',
  'SlowDown',
  'TooManyBuckets',
  'UnexpectedContent',
  'UnresolvableGrantByEmailAddress',
  'UserKeyMustBeSpecified',
  'ValidationError',
  'XAmzContentChecksumMismatch',
  'XAmzContentSHA256Mismatch',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** Extra facts of a failure: shown as XML elements (`fields`) or sent as response headers. Strings only: they cross threads. */
export interface FailureDetail {
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A declared failure with a code of `FAILURE_CODES`; everything else that is thrown is a bug and answers InternalError.
 * `message` replaces the code's default message. Nothing in it may be a secret.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly detail: FailureDetail;

  constructor(code: FailureCode, message?: string, detail: FailureDetail = {}) {
    super(message ?? '');
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }

  /** The cloneable form, for crossing threads. */
  toJSON(): { code: FailureCode; message: string; detail: FailureDetail } {
    return { code: this.code, message: this.message, detail: this.detail };
  }
}

/** Type guard: is this a declared failure, optionally one of the given codes? */
export function isFailure(error: unknown, ...codes: FailureCode[]): error is Failure {
  return error instanceof Failure && (codes.length === 0 || codes.includes(error.code));
}
