import type { BucketName, ObjectKey } from '../domain/ids.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity } from '../services/identity.ts';
import type { RequestBody } from './body/request-body.ts';

/** What a request addresses: parsed once, from the raw target and the Host header, decoded once. */
export type Target =
  | { readonly scope: 'service' }
  | { readonly scope: 'bucket'; readonly bucket: BucketName }
  | { readonly scope: 'object'; readonly bucket: BucketName; readonly key: ObjectKey };

/** What a browser form says besides its file; the policy was kept to, and the file's length is watched while it is read. */
export interface PostForm {
  readonly key: ObjectKey;
  /** Decoded text by lower-case name, with `${filename}` replaced. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
}

/** An authenticated, authorized request. Operations see nothing rawer than this. */
export interface S3Request<T extends Target = Target> {
  readonly id: string;
  readonly method: string;
  readonly target: T;
  /** Decoded query parameters; a parameter without `=` is the empty string. */
  readonly query: ReadonlyMap<string, string>;
  /**
   * Value of a request header, by lower-case name, as it stood on the wire: one character per byte (`domain/header-text.ts`
   * reads it); several lines are joined by `,`. Of a presigned URL also the `x-amz-*` parameters of its query.
   */
  header(name: string): string | undefined;
  /** All header names with this prefix, lower-case (`x-amz-meta-`). */
  headersWithPrefix(prefix: string): ReadonlyMap<string, string>;
  readonly identity: Identity;
  readonly body: RequestBody;
  /** Of a browser form (PostObject) only; its fields that stand for headers are found by `header` too. */
  readonly form: PostForm | undefined;
  readonly userAgent: string;
  /** The Host header: how the client reaches this server. */
  readonly host: string | undefined;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}

/** Bytes to send. `stream` is destroyed, never ended short, when its source fails midway. */
export type S3ResponseBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'xml'; readonly xml: string }
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'stream';
      readonly sizeBytes: number;
      readonly chunks: AsyncIterable<import('../storage/body-store.ts').BodyChunk>;
    };

export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: S3ResponseBody;
}

/** One AWS action: parse, decide, do, present. Throws `Failure`. */
export type S3Operation<T extends Target = Target> = (
  context: ServiceContext,
  request: S3Request<T>,
) => Promise<S3Response>;

/** Operations by what they address. */
export type ServiceOperation = S3Operation<Extract<Target, { scope: 'service' }>>;
export type BucketOperation = S3Operation<Extract<Target, { scope: 'bucket' }>>;
export type ObjectOperation = S3Operation<Extract<Target, { scope: 'object' }>>;
