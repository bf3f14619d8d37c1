import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { AUDITED_COMMANDS } from '../commands/audit/audited-commands.ts';
import type { Command } from '../commands/command.ts';
import { traitsOf } from '../commands/command-traits.ts';

import type { CommitCore } from './core/commit-core.ts';
import { type Outcome, totalBytes } from './core/submission.ts';
import { type Answer, type AnswerMessage, crossError, type SubmitMessage } from './engine-protocol.ts';

interface Connection {
  readonly port: MessagePort;
  numbers: number[];
  answers: Answer[];
}

/** The commit thread's side of every `EngineClient`: takes commands in, lets the answers of a batch out together. */
export class EngineServer {
  readonly #commands: ReadonlyMap<string, Command<never, unknown>>;
  readonly #connections = new Set<Connection>();
  #core: CommitCore | undefined;

  constructor(commands: Readonly<Record<string, Command<never, unknown>>> = AUDITED_COMMANDS) {
    this.#commands = new Map(Object.entries(commands));
  }

  /** Commands go to `core` from now on. */
  serve(core: CommitCore): void {
    this.#core = core;
  }

  connect(port: MessagePort): void {
    const connection: Connection = { port, numbers: [], answers: [] };
    this.#connections.add(connection);
    port.on('message', (message: SubmitMessage) => this.#take(connection, message));
    port.on('close', () => this.#connections.delete(connection));
  }

  /** Sends what was settled since the last time: one message to each thread. */
  flush(): void {
    for (const connection of this.#connections) {
      if (connection.numbers.length === 0) continue;
      const message: AnswerMessage = { numbers: connection.numbers, answers: connection.answers };
      connection.numbers = [];
      connection.answers = [];
      connection.port.postMessage(message);
    }
  }

  /** Takes in what other threads sent before now: their ports are not ordered with the owner's. */
  drain(): void {
    for (const connection of this.#connections) {
      for (;;) {
        const received = receiveMessageOnPort(connection.port);
        if (received === undefined) break;
        // Only `EngineClient`s are at the other ends.
        this.#take(connection, received.message as SubmitMessage);
      }
    }
  }

  close(): void {
    for (const { port } of this.#connections) port.close();
  }

  #take(connection: Connection, message: SubmitMessage): void {
    for (const [index, number] of message.numbers.entries()) {
      const name = message.names[index] ?? '';
      const frames = message.frames?.[index] ?? [];
      const settle = (outcome: Outcome): void => {
        connection.numbers.push(number);
        connection.answers.push(outcome.ok ? [true, outcome.value] : [false, crossError(outcome.error)]);
      };
      const command = this.#commands.get(name);
      if (command === undefined || this.#core === undefined) {
        settle({ ok: false, error: new Error(`no command ${name}`) });
        this.flush();
        continue;
      }
      const input = message.inputs[index];
      const actor = message.actors?.[index];
      const traits = traitsOf(name);
      this.#core.submit({ command, input, frames, frameBytes: totalBytes(frames), traits, actor, settle });
    }
  }
}
