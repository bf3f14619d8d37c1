import type { EngineHost } from '../../engine/engine-host.ts';
import type { Job, JobFacts, StepOutcome } from '../job.ts';

const REST_MS = 60_000;

/** Unlinks the log segments that nobody needs any more (LOG.md 22); the engine decides which. */
export class ReleaseSegmentsJob implements Job {
  readonly name = 'release-segments';
  readonly #engine: Pick<EngineHost, 'releaseSegments'>;
  #released = 0;

  constructor(engine: Pick<EngineHost, 'releaseSegments'>) {
    this.#engine = engine;
  }

  async step(): Promise<StepOutcome> {
    const names = await this.#engine.releaseSegments();
    this.#released += names.length;
    return { kind: 'rest', forMs: REST_MS };
  }

  facts(): JobFacts {
    return { releasedSegments: this.#released };
  }
}
