import { postUndoOperation } from '../../../contract/operations.ts';
import { createUndo } from '../../../services/operations/create-operation.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { answerWithOperation, operationOfPath } from '../../operation-request.ts';

export const postUndoOperationEndpoint = sessionEndpoint(postUndoOperation, async (context, { session, params }) => {
  const { row, undo } = await operationOfPath(context, session, params);
  if (undo.kind === 'impossible') {
    throw new ConsoleError(409, 'OperationAborted', `it cannot be undone (${undo.reason})`);
  }
  return answerWithOperation(context, session, await createUndo(context, session.identity, row.id));
});
