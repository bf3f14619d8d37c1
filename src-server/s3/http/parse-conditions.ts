import type { ReadConditions } from '../../domain/conditions.ts';
import { parseETagCondition } from '../../domain/etag.ts';
import { parseHttpDate } from './dates.ts';

/**
 * Reads the conditions of a read. A date that is none is ignored, as RFC 9110 §13.1.3 has it.
 *
 * @param prefix `x-amz-copy-source-` for the conditions of a copy on its source
 */
export function parseReadConditions(header: (name: string) => string | undefined, prefix = ''): ReadConditions {
  const tags = (name: string) => {
    const value = header(prefix + name);
    return value === undefined ? undefined : parseETagCondition(value);
  };
  const date = (name: string) => {
    const value = header(prefix + name);
    return value === undefined ? undefined : parseHttpDate(value);
  };
  return {
    ifMatch: tags('if-match'),
    ifNoneMatch: tags('if-none-match'),
    ifModifiedSinceMs: date('if-modified-since'),
    ifUnmodifiedSinceMs: date('if-unmodified-since'),
  };
}
