import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One operation of AWS's own model of S3, as `tests/fixtures/aws-s3-operations.json` extracts it. */
export interface AwsOperation {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  /** Names of query parameters, and of those that are required. */
  readonly query: readonly string[];
  readonly required: readonly string[];
  readonly headers: readonly string[];
  readonly checksumRequired: boolean;
}

const FIXTURE = new URL('../../fixtures/aws-s3-operations.json', import.meta.url);
export const AWS_OPERATIONS: readonly AwsOperation[] = JSON.parse(readFileSync(FIXTURE, 'utf8'));

/** Told apart by an endpoint or a header that general-purpose buckets do not have: the least request is another operation's. */
export const ELSEWHERE: ReadonlySet<string> = new Set(['ListDirectoryBuckets', 'WriteGetObjectResponse']);

/** Some element, which is a configuration of nothing. */
export const LEAST_BODY = '<a/>';

export interface LeastRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  /** Empty for methods without one. */
  readonly body: string;
}

/**
 * The least request of an operation by AWS's model: its URI, required parameters and the header that tells it apart.
 *
 * @param key of the object, `/`, `.` and letters only
 */
export function leastRequest(operation: AwsOperation, bucket = 'bucket', key = 'some/key'): LeastRequest {
  const [path = '', text = ''] = operation.uri.replace('{Bucket}', bucket).replace('{Key+}', key).split('?');
  const query: Record<string, string> = {};
  for (const part of text.split('&').filter((piece) => piece !== '')) {
    const [name = '', value = ''] = part.split('=');
    query[name] = value;
  }
  for (const name of operation.required) query[name] = '1';
  const body = operation.method === 'PUT' || operation.method === 'POST' ? LEAST_BODY : '';
  const headers: Record<string, string> = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  if (operation.headers.includes('x-amz-copy-source')) headers['x-amz-copy-source'] = `/${bucket}/other`;
  if (operation.checksumRequired) headers['content-md5'] = createHash('md5').update(body).digest('base64');
  return { method: operation.method, path, query, headers, body };
}
