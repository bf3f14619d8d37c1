import { getOperation } from '../../../contract/operations.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { operationOfPath } from '../../operation-request.ts';
import { presentOperation } from '../../present-operation.ts';

export const getOperationEndpoint = sessionEndpoint(getOperation, async (context, { session, params }) => ({
  status: 200,
  body: presentOperation(await operationOfPath(context, session, params)),
}));
