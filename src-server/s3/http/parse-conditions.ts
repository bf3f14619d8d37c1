import type { ReadConditions } from '../../domain/conditions.ts';
import { parseETagCondition } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import { parseHttpDate } from './dates.ts';

type Header = (name: string) => string | undefined;

/**
 * Reads the conditions of a read. A date that is none is ignored, as RFC 9110 §13.1.3 has it, and one that is still to come
 * too: AWS answers the object to an If-Modified-Since of tomorrow (apache/opendal#5500, versity/versitygw#1522).
 *
 * @param nowMs milliseconds since 1970
 * @param prefix `x-amz-copy-source-` for the conditions of a copy on its source
 */
export function parseReadConditions(header: Header, nowMs: number, prefix = ''): ReadConditions {
  const tags = (name: string) => {
    const value = header(prefix + name);
    return value === undefined ? undefined : parseETagCondition(value);
  };
  const date = (name: string) => {
    const value = header(prefix + name);
    const ms = value === undefined ? undefined : parseHttpDate(value);
    return ms === undefined || ms > nowMs ? undefined : ms;
  };
  return {
    ifMatch: tags('if-match'),
    ifNoneMatch: tags('if-none-match'),
    ifModifiedSinceMs: date('if-modified-since'),
    ifUnmodifiedSinceMs: date('if-unmodified-since'),
  };
}

/**
 * Refuses HTTP's conditions that an operation does not know, rather than change an object that its caller wanted kept.
 *
 * @param unknown header names as HTTP writes them
 * @throws Failure NotImplemented
 */
export function refuseConditions(header: Header, unknown: readonly string[]): void {
  for (const name of unknown) {
    if (header(name.toLowerCase()) !== undefined) {
      throw new Failure('NotImplemented', undefined, { fields: { Header: name } });
    }
  }
}

/** HTTP's conditions that no write of S3 knows. */
export const DATE_CONDITIONS = ['If-Modified-Since', 'If-Unmodified-Since'] as const;
