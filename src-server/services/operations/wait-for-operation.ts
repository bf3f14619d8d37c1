import { findOperation } from '../../db/tables/operation.ts';
import type { OperationId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** An answer waits so long for an operation to end; what takes longer shows its progress. */
const WAIT_MS = 700;

/** Resolves when the operation has ended, or after a moment. */
export async function waitForOperation(context: ServiceContext, id: OperationId): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, WAIT_MS);
  const end = context.events.subscribe((event) => {
    if (event.kind === 'operation' && event.id === String(id) && isEnd(event.state)) resolve();
  });
  try {
    // It may have ended before anybody listened.
    const row = await context.catalogue.read((tx) => findOperation(tx, id));
    if (row !== undefined && isEnd(row.state)) return;
    await promise;
  } finally {
    end();
    clearTimeout(timer);
  }
}

function isEnd(state: string): boolean {
  return state !== 'queued' && state !== 'running';
}
