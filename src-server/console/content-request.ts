import type { IncomingHttpHeaders } from 'node:http';
import type { ReadConditions } from '../domain/conditions.ts';
import { parseETagCondition } from '../domain/etag.ts';
import type { WantedBytes } from '../services/objects/select-bytes.ts';

export const NO_CONDITIONS: ReadConditions = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/** Which bytes a browser wants. An If-Range that is no tag is taken for one that does not match: all bytes are sent. */
export function wantedBytes(headers: IncomingHttpHeaders): WantedBytes {
  const { range } = headers;
  const ifRange = headers['if-range'];
  if (range === undefined) return { kind: 'all' };
  if (typeof ifRange !== 'string') return { kind: 'range', header: range, ifRange: undefined };
  if (!ifRange.includes('"')) return { kind: 'all' };
  return { kind: 'range', header: range, ifRange: { kind: 'etag', condition: parseETagCondition(ifRange) } };
}
