import { findOperation, listOpenOperations } from '../../db/tables/operation.ts';
import { isFailure } from '../../domain/failure.ts';
import type { OperationId } from '../../domain/ids.ts';
import type { ServiceContext } from '../../services/context.ts';
import { announceOperation } from '../../services/operations/announce-operation.ts';
import { giveUpOperation, workOperation } from '../../services/operations/work-operation.ts';
import type { Job, JobFacts, StepOutcome } from '../job.ts';

/** Operations that take turns; later ones wait. One that has to be tried again later holds up no other. */
const AT_ONCE = 4;
const REST_MS = 60_000;
const RETRY_MS = 5_000;
/** Progress is told this often at most; an end at once. */
const TOLD_EVERY_MS = 300;
/** A part of an operation that fails so often for a reason nobody declared will not succeed. */
const ATTEMPTS = 5;

/**
 * Does what people asked for in the console (copy, move, delete, restore, undo), a bounded part of one operation a step. Its
 * commands run in the background lane of the engine, so whoever waits for an answer goes first; all that must survive a
 * restart stands in the catalogue.
 */
export class OperationsJob implements Job {
  readonly name = 'operations';
  readonly #context: ServiceContext;
  readonly #attempts = new Map<OperationId, number>();
  /** When those that failed for now are tried again, by `performance.now()`. */
  readonly #again = new Map<OperationId, number>();
  #turn = 0;
  #toldMs = 0;
  #open = 0;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async step(signal: AbortSignal): Promise<StepOutcome> {
    const { catalogue } = this.#context;
    const open = await catalogue.read((tx) => listOpenOperations(tx, AT_ONCE + this.#again.size));
    this.#open = open.length;
    for (const id of this.#again.keys()) if (!open.some((one) => one.id === id)) this.#again.delete(id);
    const nowMs = performance.now();
    const ready = open.filter(({ id }) => (this.#again.get(id) ?? 0) <= nowMs).slice(0, AT_ONCE);
    const operation = ready[this.#turn % Math.max(1, ready.length)];
    this.#turn += 1;
    if (operation === undefined) {
      const forMs = Math.min(REST_MS, ...[...this.#again.values()].map((atMs) => atMs - nowMs));
      return { kind: 'rest', forMs };
    }
    const waits = await this.#work(operation.id, signal);
    if (waits) this.#again.set(operation.id, performance.now() + RETRY_MS);
    else this.#again.delete(operation.id);
    await this.#tell(operation.id);
    // The engine's background lane yields; a rest between two parts would only make people wait.
    return { kind: 'rest', forMs: 0 };
  }

  facts(): JobFacts {
    return { openOperations: this.#open };
  }

  /** True where it is to be tried again later. */
  async #work(id: OperationId, signal: AbortSignal): Promise<boolean> {
    try {
      await workOperation(this.#context, id, signal);
      this.#attempts.delete(id);
      return false;
    } catch (error) {
      if (isFailure(error)) return true;
      const attempts = (this.#attempts.get(id) ?? 0) + 1;
      this.#attempts.set(id, attempts);
      this.#context.log.warn({ err: error, operation: id }, 'a part of an operation failed');
      if (attempts < ATTEMPTS) return true;
      this.#attempts.delete(id);
      await giveUpOperation(this.#context, id);
      return false;
    }
  }

  async #tell(id: OperationId): Promise<void> {
    const nowMs = performance.now();
    const row = await this.#context.catalogue.read((tx) => findOperation(tx, id));
    const ended = row === undefined || row.finished_ms !== null;
    if (!ended && nowMs - this.#toldMs < TOLD_EVERY_MS) return;
    this.#toldMs = nowMs;
    await announceOperation(this.#context, id);
  }
}
