import type { MessagePort } from 'node:worker_threads';
import type { CommandInput, CommandName, CommandOutput } from '../commands/registry.ts';
import type { AuditActor } from '../domain/audit.ts';
import { Failure } from '../domain/failure.ts';
import { Slots } from '../platform/slots.ts';
import { type CommitEngine, OutcomeUnknown, type ReadyFrames } from './commit-engine.ts';
import { type AnswerMessage, reviveError, type SubmitMessage } from './engine-protocol.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const NO_FRAMES: readonly ReadyFrames[] = [];

/**
 * The engine as one thread sees it, at the other end of a port from `EngineHost.connect`. What is submitted in one turn of the
 * event loop crosses as one message.
 */
export function connectEngine(port: MessagePort): CommitEngine {
  return new EngineClient(port);
}

class EngineClient implements CommitEngine {
  readonly #port: MessagePort;
  readonly #waiting = new Slots<Waiting>();
  #numbers: number[] = [];
  #names: string[] = [];
  #inputs: unknown[] = [];
  #frames: (readonly ReadyFrames[])[] = [];
  #hasFrames = false;
  #actors: (AuditActor | undefined)[] = [];
  #hasActors = false;
  #isClosed = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: AnswerMessage) => this.#take(message));
    port.on('close', () => this.#close());
    port.unref();
  }

  submit<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    frames: readonly ReadyFrames[] = NO_FRAMES,
    actor?: AuditActor,
  ): Promise<CommandOutput<N>> {
    if (this.#isClosed) return Promise.reject(engineGone());
    return new Promise((resolve, reject) => {
      // The registry ties the name to the output's type; across the port it is data.
      const number = this.#waiting.add({ resolve: (value) => resolve(value as CommandOutput<N>), reject });
      if (this.#names.length === 0) setImmediate(() => this.#flush());
      this.#numbers.push(number);
      this.#names.push(name);
      this.#inputs.push(input);
      this.#frames.push(frames.length === 0 ? NO_FRAMES : frames.map(crossable));
      if (frames.length > 0) this.#hasFrames = true;
      this.#actors.push(actor);
      if (actor !== undefined) this.#hasActors = true;
    });
  }

  #flush(): void {
    const message: SubmitMessage = {
      numbers: this.#numbers,
      names: this.#names,
      inputs: this.#inputs,
      frames: this.#hasFrames ? this.#frames : undefined,
      actors: this.#hasActors ? this.#actors : undefined,
    };
    this.#numbers = [];
    this.#names = [];
    this.#inputs = [];
    this.#frames = [];
    this.#hasFrames = false;
    this.#actors = [];
    this.#hasActors = false;
    this.#port.ref();
    try {
      this.#port.postMessage(message);
    } catch (error) {
      // An input that cannot be cloned is a bug of its command; the others of this turn cannot be told apart from it.
      this.#reject(message.numbers, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #take({ numbers, answers }: AnswerMessage): void {
    for (const [index, number] of numbers.entries()) {
      const answer = answers[index];
      const waiting = this.#waiting.take(number);
      if (answer === undefined || waiting === undefined) continue;
      if (answer[0]) waiting.resolve(answer[1]);
      else waiting.reject(reviveError(answer[1]));
    }
    if (this.#waiting.size === 0) this.#port.unref();
  }

  #close(): void {
    this.#isClosed = true;
    this.#reject(
      [...this.#waiting.entries()].map(([number]) => number),
      new OutcomeUnknown(),
    );
  }

  #reject(numbers: readonly number[], error: Error): void {
    for (const number of numbers) this.#waiting.take(number)?.reject(error);
    if (this.#waiting.size === 0) this.#port.unref();
  }
}

/** Cloning a view clones the whole buffer behind it, unless that is shared: a small part of a large one is cut out first. */
function crossable(frame: ReadyFrames): ReadyFrames {
  if (frame.buffer instanceof SharedArrayBuffer || frame.buffer.byteLength === frame.byteLength) return frame;
  return Uint8Array.prototype.slice.call(frame);
}

function engineGone(): Failure {
  return new Failure('ServiceUnavailable', 'The engine has stopped.');
}
