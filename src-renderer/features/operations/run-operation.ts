import { create } from 'zustand';
import {
  getOperation,
  getOperations,
  type Operation,
  postCancelOperation,
  postOperation,
  postUndoOperation,
} from '../../../src-server/contract/operations.ts';
import { queryClient } from '../../app/query-client.ts';
import { toast } from '../../components/toast.tsx';
import { call } from '../../lib/api.ts';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';
import { onLiveEvent } from '../../lib/live-events.ts';
import { isOpen, type OperationOrder } from './api/operations-api.ts';
import { doneText, problemText } from './operation-text.ts';

/** Operations of this person that run: shown on every page until they have ended. */
export const useRunning = create<{ readonly running: readonly Operation[] }>(() => ({ running: [] }));

/** Asks for an operation. What is done at once is said and can be undone; what takes longer is watched. Throws `ApiError`. */
export async function runOperation(body: OperationOrder): Promise<Operation> {
  const operation = await call(postOperation, { body });
  follow(operation);
  return operation;
}

/** Takes an operation back; says so, or why not. */
export async function undoOperation(id: string): Promise<void> {
  try {
    follow(await call(postUndoOperation, { params: { id } }));
  } catch (error) {
    toast('error', errorText(error));
  }
}

/** Stops an operation where it stands. */
export async function cancelOperation(id: string): Promise<void> {
  try {
    end(await call(postCancelOperation, { params: { id } }));
  } catch (error) {
    toast('error', errorText(error));
  }
}

/** Goes on watching what was begun on an earlier visit, and hears of progress. Returns what ends it. */
export function watchOperations(userName: string): () => void {
  void call(getOperations, { query: { limit: '20' } })
    .then(({ operations }) => {
      for (const operation of operations) if (operation.user === userName && isOpen(operation)) put(operation);
    })
    // The page that lists them says what is wrong.
    .catch(() => undefined);
  return onLiveEvent((event) => {
    if (event.kind !== 'operation') return;
    const known = useRunning.getState().running.find(({ id }) => id === event.id);
    if (known === undefined) return;
    put({ ...known, state: event.state, doneObjects: event.doneObjects, totalObjects: event.totalObjects });
    if (!isOpen(event)) void finish(event.id);
  });
}

function follow(operation: Operation): void {
  if (isOpen(operation)) put(operation);
  else end(operation);
}

async function finish(id: string): Promise<void> {
  try {
    end(await call(getOperation, { params: { id } }));
  } catch (error) {
    remove(id);
    toast('error', errorText(error));
  }
}

/** Says how it ended, once. */
function end(operation: Operation): void {
  remove(operation.id);
  for (const bucket of new Set([operation.bucket, operation.target?.bucket ?? operation.bucket])) {
    void queryClient.invalidateQueries({ queryKey: ['folder', bucket] });
    void queryClient.invalidateQueries({ queryKey: ['bin', bucket] });
  }
  for (const key of ['operations', 'buckets']) void queryClient.invalidateQueries({ queryKey: [key] });
  const undo =
    operation.undo.kind === 'possible'
      ? { label: t('operations.undo'), run: () => void undoOperation(operation.id) }
      : undefined;
  const [first] = operation.problems;
  if (first !== undefined) toast('error', problemLine(operation, first));
  if (operation.state === 'cancelled') toast('note', t('operations.cancelled'), undo);
  else if (operation.doneObjects > 0) toast('note', doneText(operation), undo);
  else if (operation.skipped > 0) toast('note', t('operations.allSkipped', { count: operation.skipped }));
  else if (first === undefined) toast('note', t('operations.nothingDone'));
}

function problemLine(operation: Operation, first: Operation['problems'][number]): string {
  const reason = problemText(first.code);
  if (first.key === '') return reason;
  return t('operations.leftOut', { count: Math.max(1, operation.failed), key: first.key, reason });
}

function put(operation: Operation): void {
  useRunning.setState(({ running }) => ({
    running: [...running.filter(({ id }) => id !== operation.id), operation].toSorted(
      (a, b) => Number(a.id) - Number(b.id),
    ),
  }));
}

function remove(id: string): void {
  useRunning.setState(({ running }) => ({ running: running.filter((one) => one.id !== id) }));
}
