import type { ServiceContext } from '../../services/context.ts';
import { forgetEndedSessions } from '../../services/sts/forget-sessions.ts';
import { type Job, type JobFacts, MORE, type StepOutcome } from '../job.ts';

const REST_MS = 3_600_000;

/** Forgets temporary credentials that ended a day ago. */
export class ForgetSessionsJob implements Job {
  readonly name = 'forget-sessions';
  readonly #context: ServiceContext;
  #forgotten = 0;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async step(): Promise<StepOutcome> {
    const forgotten = await forgetEndedSessions(this.#context);
    this.#forgotten += forgotten;
    return forgotten > 0 ? MORE : { kind: 'rest', forMs: REST_MS };
  }

  facts(): JobFacts {
    return { forgotten: this.#forgotten };
  }
}
