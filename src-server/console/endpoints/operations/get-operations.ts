import { getOperations, listOperationsSchema } from '../../../contract/operations.ts';
import { listOperations } from '../../../services/operations/list-operations.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentOperation } from '../../present-operation.ts';

export const getOperationsEndpoint = sessionEndpoint(getOperations, async (context, { session, query }) => {
  const { before, limit } = listOperationsSchema.parse(query);
  const page = { before: before === undefined ? Number.MAX_SAFE_INTEGER : Number(before), limit };
  const operations = (await listOperations(context, session.identity, page)).map(presentOperation);
  const last = operations.length === limit ? operations.at(-1) : undefined;
  return { status: 200, body: { operations, nextBefore: last?.id ?? null } };
});
