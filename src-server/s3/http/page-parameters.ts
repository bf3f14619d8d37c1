import { Failure } from '../../domain/failure.ts';

const MAX_INTEGER = 2 ** 31 - 1;
/** AWS's largest page of a listing. */
const MAX_PAGE = 1000;

/**
 * Reads a page size (`max-parts`, `max-uploads`, …): 1,000 where absent or larger, which AWS takes and cuts.
 * Throws InvalidArgument.
 */
export function parsePageSize(query: ReadonlyMap<string, string>, name: string): number {
  return Math.min(parseIntegerParameter(query, name) ?? MAX_PAGE, MAX_PAGE);
}

/** Reads an integer from 0 to 2^31-1, undefined where it is absent or empty. Throws InvalidArgument. */
export function parseIntegerParameter(query: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= MAX_INTEGER) return value;
  const message =
    value < 0
      ? `Argument ${name} must be an integer between 0 and ${MAX_INTEGER}`
      : `Provided ${name} not an integer or within integer range`;
  throw new Failure('InvalidArgument', message, {
    fields: { ArgumentName: name, ArgumentValue: text.slice(0, 1024) },
  });
}

/** Reads `encoding-type`. Throws InvalidArgument for anything but `url`. */
export function parseEncodingType(query: ReadonlyMap<string, string>): 'url' | undefined {
  const text = query.get('encoding-type');
  if (text === undefined || text === '') return undefined;
  if (text.toLowerCase() === 'url') return 'url';
  throw new Failure('InvalidArgument', 'Invalid Encoding Method specified in Request', {
    fields: { ArgumentName: 'encoding-type', ArgumentValue: text.slice(0, 1024) },
  });
}
