import { parseETagCondition } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import { parsePartNumber } from '../../domain/part-rules.ts';
import type { IfRange, WantedBytes } from '../../services/objects/select-bytes.ts';
import { parseHttpDate } from './dates.ts';

const ALL: WantedBytes = { kind: 'all' };

/** Reads which bytes of an object GetObject or HeadObject is about. Throws InvalidRequest for a range of a part, InvalidArgument. */
export function parseWantedBytes(
  header: (name: string) => string | undefined,
  query: ReadonlyMap<string, string>,
): WantedBytes {
  const range = header('range');
  const partNumber = query.get('partNumber');
  if (partNumber !== undefined) {
    if (range !== undefined) {
      throw new Failure('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
    }
    return { kind: 'part', partNumber: parsePartNumber(partNumber) };
  }
  return range === undefined ? ALL : { kind: 'range', header: range, ifRange: parseIfRange(header('if-range')) };
}

/** A validator that is neither tag nor date matches nothing, so the whole object is sent (RFC 9110 §13.1.5). */
function parseIfRange(value: string | undefined): IfRange | undefined {
  if (value === undefined) return undefined;
  const ms = value.includes('"') ? undefined : parseHttpDate(value);
  return ms === undefined ? { kind: 'etag', condition: parseETagCondition(value) } : { kind: 'date', ms };
}
