import { Failure } from '../../domain/failure.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { Target } from '../operation.ts';
import type { AnyOperationRow } from './row.ts';

/** What a request is matched by. */
export interface MatchInput {
  readonly method: string;
  readonly scope: Target['scope'];
  readonly query: ReadonlyMap<string, string>;
  /** Of the request, those that stand in the query of a presigned URL included. */
  readonly headers: Pick<RequestHeaders, 'has'>;
}

interface Candidates {
  /** Most particular first. */
  readonly rows: readonly AnyOperationRow[];
  /** Every query key by which these rows are told apart. */
  readonly queryKeys: ReadonlySet<string>;
}

/** Finds the row of a request, or throws. */
export type Matcher = (input: MatchInput) => AnyOperationRow;

/**
 * Makes the router of a table, once. It finds the row of a request: a sub-resource that no row has for this method and
 * target is NotImplemented and never falls through to another action; a query key that tells actions apart is InvalidArgument where it tells nothing.
 * Other query parameters are ignored, as on AWS. Throws also MethodNotAllowed, and InvalidArgument for two sub-resources.
 */
export function createMatcher(table: readonly AnyOperationRow[]): Matcher {
  const subresources = new Set(table.flatMap((row) => (row.subresource === undefined ? [] : [row.subresource])));
  const candidates = compile(table);
  return (input) => match(input, subresources, candidates);
}

function match(
  input: MatchInput,
  subresources: ReadonlySet<string>,
  table: ReadonlyMap<string, Candidates>,
): AnyOperationRow {
  const subresource = input.query.size === 0 ? '' : findSubresource(input.query, subresources);
  const candidates = table.get(`${input.method} ${input.scope} ${subresource}`);
  if (candidates === undefined) throw noSuchOperation(input, subresource, table);
  const row = candidates.rows.find((candidate) => fits(candidate, input));
  if (row === undefined) throw missingParameter(candidates, input);
  for (const key of candidates.queryKeys) {
    if (input.query.has(key) && row.query?.[key] === undefined) throw strayParameter(key, input.query.get(key) ?? '');
  }
  return row;
}

function fits(row: AnyOperationRow, input: MatchInput): boolean {
  if (row.requestHeader !== undefined && !input.headers.has(row.requestHeader)) return false;
  if (row.query === undefined) return true;
  for (const [key, wanted] of Object.entries(row.query)) {
    const value = input.query.get(key);
    if (value === undefined || (wanted !== '*' && wanted !== value)) return false;
  }
  return true;
}

function findSubresource(query: ReadonlyMap<string, string>, subresources: ReadonlySet<string>): string {
  let found = '';
  for (const key of query.keys()) {
    if (!subresources.has(key)) continue;
    if (found !== '') {
      throw new Failure('InvalidArgument', `Conflicting query string parameters: ${found}, ${key}`, {
        fields: { ArgumentName: 'ResourceType', ArgumentValue: found },
      });
    }
    found = key;
  }
  return found;
}

function noSuchOperation(input: MatchInput, subresource: string, table: ReadonlyMap<string, Candidates>): Failure {
  if (subresource !== '') {
    return new Failure('NotImplemented', `The sub-resource ${subresource} is not implemented for this request`);
  }
  const allowed = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].filter((method) => table.has(`${method} ${input.scope} `));
  return new Failure('MethodNotAllowed', undefined, {
    fields: { Method: input.method, ResourceType: input.scope.toUpperCase() },
    headers: { Allow: allowed.join(', ') },
  });
}

function missingParameter(candidates: Candidates, input: MatchInput): Failure {
  if (input.method === 'POST') {
    return new Failure('MethodNotAllowed', undefined, {
      fields: { Method: 'POST', ResourceType: input.scope.toUpperCase() },
    });
  }
  const missing = [...candidates.queryKeys].filter((key) => !input.query.has(key));
  return new Failure('InvalidArgument', `This request needs the query parameter(s) ${missing.join(', ')}`);
}

function strayParameter(key: string, value: string): Failure {
  return new Failure('InvalidArgument', `The query parameter ${key} does not go with this request`, {
    fields: { ArgumentName: key, ArgumentValue: value },
  });
}

function compile(table: readonly AnyOperationRow[]): ReadonlyMap<string, Candidates> {
  const groups = Map.groupBy(
    table.filter((row) => row.supersededBy === undefined),
    (row) => `${row.method} ${row.scope} ${row.subresource ?? ''}`,
  );
  return new Map(
    [...groups].map(([name, rows]) => [
      name,
      {
        rows: rows.toSorted((a, b) => particularity(b) - particularity(a)),
        queryKeys: new Set(rows.flatMap((row) => Object.keys(row.query ?? {}))),
      },
    ]),
  );
}

function particularity(row: AnyOperationRow): number {
  return Object.keys(row.query ?? {}).length + (row.requestHeader === undefined ? 0 : 1);
}
