import { postCancelOperation } from '../../../contract/operations.ts';
import { announceOperation } from '../../../services/operations/announce-operation.ts';
import { cancelOperation } from '../../../services/operations/list-operations.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { operationOfPath } from '../../operation-request.ts';
import { presentOperation } from '../../present-operation.ts';

export const postCancelOperationEndpoint = sessionEndpoint(
  postCancelOperation,
  async (context, { session, params }) => {
    const { row } = await operationOfPath(context, session, params);
    await cancelOperation(context, row.id);
    await announceOperation(context, row.id);
    return { status: 200, body: presentOperation(await operationOfPath(context, session, params)) };
  },
);
