import type { S3Response, S3ResponseBody } from '../operation.ts';

const EMPTY: S3ResponseBody = { kind: 'empty' };
const NO_HEADERS: Readonly<Record<string, string>> = {};

/** An answer without a body: 200 unless told (204 for deletes). */
export function emptyResponse(status = 200, headers: Readonly<Record<string, string>> = NO_HEADERS): S3Response {
  return { status, headers, body: EMPTY };
}

/** An XML answer; the pipeline adds Content-Type and Content-Length. */
export function xmlResponse(
  xml: string,
  headers: Readonly<Record<string, string>> = NO_HEADERS,
  status = 200,
): S3Response {
  return { status, headers, body: { kind: 'xml', xml } };
}
