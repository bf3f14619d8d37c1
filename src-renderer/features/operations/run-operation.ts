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
import { refreshFiles } from '../../lib/file-queries.ts';
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
  const stop = onLiveEvent((event) => {
    // A stream that broke did not bring what ended meanwhile.
    if (event.kind === 'hello') void lookFor(userName);
    if (event.kind !== 'operation') return;
    const known = useRunning.getState().running.find(({ id }) => id === event.id);
    if (known === undefined) return;
    put({ ...known, state: event.state, doneObjects: event.doneObjects, totalObjects: event.totalObjects });
    if (!isOpen(event)) void finish(event.id);
  });
  void lookFor(userName);
  return () => {
    stop();
    // Whoever signs in next has others.
    useRunning.setState({ running: [] });
  };
}

/** Watches this person's open operations, and says how those ended that are open no more. */
async function lookFor(userName: string): Promise<void> {
  const before = useRunning.getState().running;
  try {
    const { operations } = await call(getOperations, { query: { limit: '20' } });
    const open = operations.filter((operation) => operation.user === userName && isOpen(operation));
    for (const operation of open) put(operation);
    for (const { id } of before) if (open.every((operation) => operation.id !== id)) void finish(id);
  } catch {
    // The page that lists them says what is wrong.
  }
}

function follow(operation: Operation): void {
  if (isOpen(operation)) put(operation);
  else end(operation);
}

async function finish(id: string): Promise<void> {
  try {
    follow(await call(getOperation, { params: { id } }));
  } catch (error) {
    remove(id);
    toast('error', errorText(error));
  }
}

const ended = new Set<string>();

/** Says how it ended, once: the answer and the event come in any order. */
function end(operation: Operation): void {
  remove(operation.id);
  if (ended.has(operation.id)) return;
  ended.add(operation.id);
  for (const bucket of new Set([operation.bucket, operation.target?.bucket ?? operation.bucket])) {
    void refreshFiles(queryClient, bucket);
  }
  void queryClient.invalidateQueries({ queryKey: ['operations'] });
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
