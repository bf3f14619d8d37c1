import type { FromThumbnailProcess } from '../../contract/host-channel.ts';
import type { Logger } from '../../observability/logger.ts';
import type { StartThumbnailChild, ThumbnailChild } from './thumbnail-child.ts';

/** From the first byte sent to the picture; the process is ended where it takes longer. */
const MAX_MAKE_MS = 20_000;
/** After so long without work the process ends, and its memory is the system's again. */
const IDLE_MS = 60_000;
/** Deaths within this time after which nothing is tried for as long again. */
const MAX_DEATHS = 5;
const DEATHS_WITHIN_MS = 300_000;

/** What became of a picture. `later`: nothing can be said now. */
export type MadeThumbnail =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused' | 'later' | 'unavailable' };

/**
 * The process that makes small pictures: started when first needed, one picture at a time, started anew after it died or
 * was ended.
 */
export class ThumbnailProcess {
  readonly #log: Logger;
  readonly #startChild: StartThumbnailChild;
  #child: ThumbnailChild | undefined;
  #isAvailable = true;
  /** Hears of the picture that is being made. */
  #waiting: { readonly child: ThumbnailChild; tell(made: MadeThumbnail): void } | undefined;
  #deathsMs: number[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(log: Logger, startChild: StartThumbnailChild) {
    this.#log = log;
    this.#startChild = startChild;
  }

  get isAvailable(): boolean {
    return this.#isAvailable;
  }

  /** Callers wait for one another. Rejects only where reading the bytes does. */
  async make(bytes: AsyncIterable<Uint8Array>, edgePx: number): Promise<MadeThumbnail> {
    clearTimeout(this.#idle);
    const child = this.#start();
    if (child === undefined) return { kind: this.#isAvailable ? 'later' : 'unavailable' };
    const answer = this.#answerOf(child);
    const tooLong = setTimeout(() => child.kill(), MAX_MAKE_MS);
    try {
      for await (const piece of bytes) {
        if (!(await child.tell({ kind: 'bytes', bytes: piece }))) break;
      }
      await child.tell({ kind: 'make', edgePx });
      return await answer;
    } catch (error) {
      // Half a picture is in there.
      child.kill();
      throw error;
    } finally {
      clearTimeout(tooLong);
      this.#idle = setTimeout(() => this.stop(), IDLE_MS).unref();
    }
  }

  stop(): void {
    clearTimeout(this.#idle);
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
  }

  #start(): ThumbnailChild | undefined {
    if (!this.#isAvailable) return undefined;
    if (this.#child !== undefined) return this.#child;
    const nowMs = Date.now();
    this.#deathsMs = this.#deathsMs.filter((atMs) => nowMs - atMs < DEATHS_WITHIN_MS);
    if (this.#deathsMs.length >= MAX_DEATHS) return undefined;
    const child = this.#startChild({
      onMessage: (message) => this.#hear(child, message),
      onExit: (facts) => {
        this.#answer(child, { kind: this.#isAvailable ? 'refused' : 'unavailable' });
        if (this.#child !== child) return;
        this.#child = undefined;
        this.#deathsMs.push(Date.now());
        if (this.#isAvailable) this.#log.warn(facts, 'the process that makes thumbnails ended');
      },
    });
    this.#child = child;
    return child;
  }

  #hear(child: ThumbnailChild, message: FromThumbnailProcess): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'unavailable':
        this.#isAvailable = false;
        this.#log.info({ reason: message.reason }, 'no thumbnails here: the library for pictures does not load');
        this.stop();
        return;
      case 'refused':
        this.#log.debug({ reason: message.reason }, 'no thumbnail of a picture');
        this.#answer(child, { kind: 'refused' });
        return;
      case 'made':
        this.#answer(child, message);
    }
  }

  /** What an earlier one says late is not about this picture. */
  #answer(child: ThumbnailChild, made: MadeThumbnail): void {
    if (this.#waiting?.child === child) this.#waiting.tell(made);
  }

  #answerOf(child: ThumbnailChild): Promise<MadeThumbnail> {
    const { promise, resolve } = Promise.withResolvers<MadeThumbnail>();
    const waiting = { child, tell: resolve };
    this.#waiting = waiting;
    child.hold(true);
    return promise.finally(() => {
      if (this.#waiting === waiting) this.#waiting = undefined;
      child.hold(false);
    });
  }
}
