import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../observability/logger.ts';
import { threadEntry } from '../../platform/thread-entry.ts';
import type { FromThumbnailProcess, ToThumbnailProcess } from './thumbnail-protocol.ts';

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
 * was ended. Electron's children cannot start processes of Node's kind, so there is none there.
 */
export class ThumbnailProcess {
  readonly #log: Logger;
  readonly #entry: URL;
  #child: ChildProcess | undefined;
  #isAvailable = process.versions.electron === undefined;
  #deathsMs: number[] = [];
  #idle: NodeJS.Timeout | undefined;

  /** @param entry of another process that speaks the protocol, for tests */
  constructor(log: Logger, entry: URL = threadEntry('thumbnail-process')) {
    this.#log = log;
    this.#entry = entry;
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
    const tooLong = setTimeout(() => child.kill('SIGKILL'), MAX_MAKE_MS);
    try {
      for await (const piece of bytes) {
        if (!(await tell(child, { kind: 'bytes', bytes: piece }))) break;
      }
      await tell(child, { kind: 'make', edgePx });
      return await answer;
    } catch (error) {
      // Half a picture is in there.
      child.kill('SIGKILL');
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
    child?.kill('SIGKILL');
  }

  #start(): ChildProcess | undefined {
    if (!this.#isAvailable) return undefined;
    if (this.#child !== undefined) return this.#child;
    const nowMs = Date.now();
    this.#deathsMs = this.#deathsMs.filter((atMs) => nowMs - atMs < DEATHS_WITHIN_MS);
    if (this.#deathsMs.length >= MAX_DEATHS) return undefined;
    const child = fork(fileURLToPath(this.#entry), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=128', '--disable-warning=ExperimentalWarning'],
      // The server's own environment may hold keys.
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', ...inherited('SystemRoot', 'PATH', 'LD_LIBRARY_PATH') },
    });
    child.on('error', (error) => this.#log.warn({ err: error }, 'the process that makes thumbnails did not start'));
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#deathsMs.push(Date.now());
      if (this.#isAvailable) this.#log.warn({ code, signal }, 'the process that makes thumbnails ended');
    });
    // It must not keep the server up.
    child.unref();
    child.channel?.unref();
    this.#child = child;
    return child;
  }

  #answerOf(child: ChildProcess): Promise<MadeThumbnail> {
    const { promise, resolve } = Promise.withResolvers<MadeThumbnail>();
    const onExit = () => resolve({ kind: this.#isAvailable ? 'refused' : 'unavailable' });
    const onMessage = (message: FromThumbnailProcess) => {
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
          resolve({ kind: 'refused' });
          return;
        case 'made':
          resolve(message);
      }
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    // Held while somebody waits, so that a process with nothing else to do waits for the answer.
    child.channel?.ref();
    return promise.finally(() => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.channel?.unref();
    });
  }
}

/** False where the process is gone. */
function tell(child: ChildProcess, message: ToThumbnailProcess): Promise<boolean> {
  return new Promise((resolve) => {
    if (child.connected) child.send(message, (error) => resolve(error === null));
    else resolve(false);
  });
}

function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
