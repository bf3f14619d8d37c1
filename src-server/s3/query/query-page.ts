import { Failure } from '../../domain/failure.ts';
import { element } from '../xml/xml-writer.ts';
import type { QueryParameters } from './query-operation.ts';

const DEFAULT_ITEMS = 100;
const MAX_ITEMS = 1000;

/** One page of a list, and the elements that say whether and where it goes on. */
export interface QueryPage<T> {
  readonly items: readonly T[];
  readonly xml: string;
}

/**
 * The page that `Marker` and `MaxItems` ask for (IAM API reference, any List action).
 *
 * @param all the whole list, ascending by `nameOf`
 * @throws Failure ValidationError for a marker we never gave, or a size outside of 1 to 1000
 */
export function pageOf<T>(parameters: QueryParameters, all: readonly T[], nameOf: (item: T) => string): QueryPage<T> {
  const size = parameters.integer('MaxItems') ?? DEFAULT_ITEMS;
  if (size < 1 || size > MAX_ITEMS) throw new Failure('ValidationError', 'MaxItems must be between 1 and 1000');
  const marker = parameters.get('Marker');
  const after = marker === undefined ? undefined : readMarker(marker);
  const rest = after === undefined ? all : all.filter((item) => nameOf(item) > after);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  if (rest.length <= size || last === undefined) return { items, xml: element('IsTruncated', false) };
  return { items, xml: element('IsTruncated', true) + element('Marker', writeMarker(nameOf(last))) };
}

function writeMarker(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readMarker(marker: string): string {
  const name = Buffer.from(marker, 'base64url').toString('utf8');
  if (writeMarker(name) !== marker) throw new Failure('ValidationError', 'Invalid Marker');
  return name;
}

/** A list of XML pieces, as IAM has it. */
export function members<T>(name: string, items: readonly T[], xmlOf: (item: T) => string): string {
  return `<${name}>${items.map((item) => `<member>${xmlOf(item)}</member>`).join('')}</${name}>`;
}

/** IAM's form of a time. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Policies in answers are percent-encoded (RFC 3986). */
export function encodedPolicy(document: string): string {
  return encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
