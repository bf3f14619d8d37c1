import type { S3Operation, Target } from '../operation.ts';

/** How a request's body reaches its operation: not at all, as XML or JSON read whole, as a stream, or as a browser form. */
export type BodyKind = 'none' | 'xml' | 'object' | 'form';

/**
 * One AWS action: everything that router, authorizer, body reader, metrics, access log and the support page need to know
 * about it. An action that this version does not do stands here as well, so that nothing falls through to another one.
 */
export interface OperationRow<S extends Target['scope']> {
  /** AWS's name. */
  readonly action: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly scope: S;
  /** The sub-resource: a query key whose mere presence chooses the action (`?tagging`). */
  readonly subresource?: string;
  /** Query keys that must be present, each with the value it must have, or `*`. */
  readonly query?: Readonly<Record<string, string>>;
  /** A header that must be present. */
  readonly requestHeader?: string;
  /** The permission asked for before the body is read; an operation may ask for more. */
  readonly iamAction: string;
  readonly body: BodyKind;
  /** Largest body that is read whole (`xml`, fields of a `form`) or streamed (`object`). */
  readonly bodyLimitBytes: number;
  /** A body must come with Content-MD5 or a checksum: where AWS's service insists, not only its SDKs. */
  readonly checksumRequired?: boolean;
  /** `x-amz-checksum-*` headers speak of the object that is made, not of the body. */
  readonly checksumHeadersOf?: 'object';
  /** Status of a success as AWS documents it. */
  readonly status: number;
  /** An older action with the same request as this one: listed, never routed. */
  readonly supersededBy?: string;
  readonly handler: S3Operation<Extract<Target, { scope: S }>> | 'not-implemented';
}

/** A row of any scope; its scope says which target its handler takes. */
export type AnyOperationRow = OperationRow<'service'> | OperationRow<'bucket'> | OperationRow<'object'>;

const KIB = 1024;
/** Largest PUT or part (DESIGN §1). */
export const MAX_PUT_BYTES = 5 * KIB * KIB * KIB;
export const CONFIGURATION_BYTES = KIB * KIB;
export const DELETE_OBJECTS_BYTES = 2 * KIB * KIB;
export const COMPLETE_UPLOAD_BYTES = 4 * KIB * KIB;
export const POLICY_BYTES = 20 * KIB;
/** Annotations are at most 1 MiB each. */
export const ANNOTATION_BYTES = KIB * KIB;
