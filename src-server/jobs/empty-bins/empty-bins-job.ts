import type { ServiceContext } from '../../services/context.ts';
import { emptyDueBins, forgetOldOperations } from '../../services/operations/upkeep.ts';
import { type Job, type JobFacts, MORE, type StepOutcome } from '../job.ts';

const REST_MS = 3_600_000;

/** Gives up what has been in a bin longer than the setting says, and forgets operations that can be undone no more. */
export class EmptyBinsJob implements Job {
  readonly name = 'empty-bins';
  readonly #context: ServiceContext;
  #emptiedObjects = 0;
  #forgotten = 0;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async step(): Promise<StepOutcome> {
    const emptied = await emptyDueBins(this.#context);
    const forgotten = await forgetOldOperations(this.#context);
    this.#emptiedObjects += emptied;
    this.#forgotten += forgotten;
    return emptied + forgotten > 0 ? MORE : { kind: 'rest', forMs: REST_MS };
  }

  facts(): JobFacts {
    return { emptiedObjects: this.#emptiedObjects, forgotten: this.#forgotten };
  }
}
