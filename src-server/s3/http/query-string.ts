import { Failure } from '../../domain/failure.ts';
import { decodeQueryPart } from '../../domain/uri-encoding.ts';

/** A query string, decoded once. A parameter without `=` is the empty string; of repeated ones the first counts. */
export interface QueryString {
  readonly params: ReadonlyMap<string, string>;
  /** Every pair in order, for the canonical request, which signs repeated parameters too. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
}

const EMPTY: QueryString = { params: new Map(), pairs: [] };
const MAX_PARAMETERS = 256;

/** Throws InvalidURI for a broken escape, bytes that are not UTF-8, or too many parameters. */
export function parseQueryString(raw: string): QueryString {
  if (raw === '') return EMPTY;
  const params = new Map<string, string>();
  const pairs: [string, string][] = [];
  for (const part of raw.split('&', MAX_PARAMETERS + 1)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeQueryPart(equals === -1 ? part : part.slice(0, equals));
    const value = equals === -1 ? '' : decodeQueryPart(part.slice(equals + 1));
    pairs.push([name, value]);
    if (!params.has(name)) params.set(name, value);
  }
  if (pairs.length > MAX_PARAMETERS) throw new Failure('InvalidURI');
  return { params, pairs };
}
