import { Failure } from '../../domain/failure.ts';
import { checkedHeaderValue } from '../../domain/header-text.ts';
import type { Identity } from '../../services/identity.ts';

const OVERRIDES = [
  ['response-cache-control', 'Cache-Control'],
  ['response-content-disposition', 'Content-Disposition'],
  ['response-content-encoding', 'Content-Encoding'],
  ['response-content-language', 'Content-Language'],
  ['response-content-type', 'Content-Type'],
  ['response-expires', 'Expires'],
] as const;

/**
 * The headers that a signed request wants in its answer in place of the stored ones (`response-content-type`, …); undefined
 * where it wants none.
 *
 * @throws Failure InvalidRequest for an unsigned request, InvalidArgument for a value that cannot stand in a header
 */
export function responseOverrides(
  query: ReadonlyMap<string, string>,
  identity: Identity,
): Readonly<Record<string, string>> | undefined {
  if (query.size === 0) return undefined;
  let headers: Record<string, string> | undefined;
  for (const [parameter, name] of OVERRIDES) {
    const value = query.get(parameter);
    if (value === undefined || value === '') continue;
    if (identity.kind === 'anonymous') {
      throw new Failure(
        'InvalidRequest',
        'Request specific response headers cannot be used for anonymous GET requests.',
      );
    }
    headers ??= {};
    headers[name] = checkedHeaderValue(parameter, value);
  }
  return headers;
}
