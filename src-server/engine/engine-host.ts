import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { DurabilityMode } from '../config/schema.ts';
import { SHARED_WORDS_BYTES } from '../db/sqlite/sqlite-catalogue.ts';
import { threadEntry } from '../platform/thread-entry.ts';
import { ReaderPins } from '../storage/reader-pins.ts';
import type { CheckpointManifest } from './checkpoint/checkpoint-files.ts';
import type { CommitEngine } from './commit-engine.ts';
import type { CommitThreadData } from './commit-thread-main.ts';
import { connectEngine } from './engine-client.ts';
import { CATALOGUE_FILE, type EngineOptions, EngineStopped } from './engine-options.ts';
import { type Answer, type ControlReply, type ControlRequest, reviveError } from './engine-protocol.ts';
import type { EngineStart, EngineStatus } from './engine-status.ts';

interface EngineEvents {
  /** The engine stopped itself rather than risk a promise: exit with 4, the next start replays. */
  fatal: [reason: string];
  /** From now on writes answer 503; reads go on. */
  refused: [reason: string];
  /** A batch could not be made durable: its callers got 503 or 507, the engine goes on. */
  'batch-failed': [reason: string];
  /** A checkpoint that was due could not be made; it is tried again later. */
  'checkpoint-failed': [reason: string];
}

/** The engine's owner in the main thread. */
export interface EngineHost extends EventEmitter<EngineEvents> {
  /** For this thread. */
  readonly client: CommitEngine;
  /** `SHARED_WORDS`, raised after each commit (LOG.md 13). For `SqliteCatalogue` of any thread. */
  readonly generation: SharedArrayBuffer;
  readonly cataloguePath: string;
  readonly start: EngineStart;
  /** A port for another thread, to be given to `connectEngine` there. */
  connect(): MessagePort;
  status(): Promise<EngineStatus>;
  /** Makes a checkpoint of the catalogue now, or joins the one that runs. */
  checkpoint(): Promise<CheckpointManifest>;
  /** Unlinks log segments that hold nothing anybody needs (LOG.md 22); answers their names. For the collector. */
  releaseSegments(): Promise<readonly string[]>;
  /** Everything committed so far is on the log's disk when this resolves, in every durability mode (LOG.md 11). */
  syncLog(): Promise<void>;
  /** Batches from now on are answered as this mode says; everything before is synced when this resolves. */
  setDurability(durability: DurabilityMode): Promise<void>;
  /** Finishes queued commands, syncs, leaves the catalogue without a WAL, ends the thread. */
  close(): Promise<void>;
}

/**
 * Opens catalogue and log in the commit thread; replays and migrates before it resolves.
 *
 * @param pins `ReaderPins.memory` of the process: files of the log that a read holds are not unlinked
 * @throws InstallMismatch or NewerCatalogue (exit 2); EngineStopped (exit 4)
 */
export async function openEngine(
  options: EngineOptions,
  pins: SharedArrayBuffer = new ReaderPins().memory,
): Promise<EngineHost> {
  const generation = new SharedArrayBuffer(SHARED_WORDS_BYTES);
  const workerData: CommitThreadData = { options, generation, pins };
  const worker = new Worker(threadEntry('commit-thread'), { workerData, name: 'stowage commit' });
  const start = await opened(worker);
  return new Host(worker, start, generation, join(options.dataDir, CATALOGUE_FILE));
}

function opened(worker: Worker): Promise<EngineStart> {
  return new Promise<EngineStart>((resolve, reject) => {
    let stopped: string | undefined;
    const take = (reply: ControlReply): void => {
      if (reply.kind === 'fatal') stopped = reply.reason;
      if (reply.kind !== 'opened' && reply.kind !== 'not-opened') return;
      worker.off('message', take);
      worker.off('error', fail);
      worker.off('exit', end);
      if (reply.kind === 'opened') resolve(reply.start);
      else reject(reviveError(reply.error));
    };
    const fail = (error: Error): void => reject(new EngineStopped('the commit thread failed', { cause: error }));
    const end = (): void => reject(new EngineStopped(stopped ?? 'the commit thread ended while it opened'));
    worker.on('message', take);
    worker.on('error', fail);
    worker.on('exit', end);
  });
}

/** A request of the owner before it has its number. */
type Question = ControlRequest extends infer Request
  ? Request extends { readonly number: number }
    ? Omit<Request, 'number'>
    : never
  : never;

class Host extends EventEmitter<EngineEvents> implements EngineHost {
  readonly client: CommitEngine;
  readonly generation: SharedArrayBuffer;
  readonly cataloguePath: string;
  readonly start: EngineStart;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #next = 0;
  #isClosing = false;

  constructor(worker: Worker, start: EngineStart, generation: SharedArrayBuffer, cataloguePath: string) {
    super();
    this.#worker = worker;
    this.start = start;
    this.generation = generation;
    this.cataloguePath = cataloguePath;
    worker.on('message', (reply: ControlReply) => this.#take(reply));
    worker.on('error', (error) => this.emit('fatal', `the commit thread failed: ${error}`));
    worker.on('exit', () => this.#ended());
    this.client = connectEngine(this.connect());
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const request: ControlRequest = { kind: 'connect', port: port1 };
    this.#worker.postMessage(request, [port1]);
    return port2;
  }

  status(): Promise<EngineStatus> {
    return this.#ask({ kind: 'status' });
  }

  checkpoint(): Promise<CheckpointManifest> {
    return this.#ask({ kind: 'checkpoint' });
  }

  releaseSegments(): Promise<readonly string[]> {
    return this.#ask({ kind: 'release-segments' });
  }

  syncLog(): Promise<void> {
    return this.#ask({ kind: 'sync-log' });
  }

  setDurability(durability: DurabilityMode): Promise<void> {
    return this.#ask({ kind: 'set-durability', durability });
  }

  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    // What this turn submitted leaves at its end (`EngineClient`).
    await setImmediate();
    await this.#ask({ kind: 'close' });
    // Everything is durable and closed; nothing that the thread still waits for may hold up the stop.
    await this.#worker.terminate();
  }

  #ask<T>(asked: Question): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const number = this.#next;
      this.#next += 1;
      // The question fixes the answer's type.
      this.#waiting.set(number, { resolve: (value) => resolve(value as T), reject });
      const request: ControlRequest = { ...asked, number };
      this.#worker.postMessage(request);
    });
  }

  #take(reply: ControlReply): void {
    switch (reply.kind) {
      case 'reply':
        this.#settle(reply.number, reply.answer);
        return;
      case 'fatal':
      case 'refused':
      case 'batch-failed':
      case 'checkpoint-failed':
        this.emit(reply.kind, reply.reason);
        return;
      case 'opened':
      case 'not-opened':
        return;
    }
  }

  #settle(number: number, answer: Answer): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (answer[0]) waiting?.resolve(answer[1]);
    else waiting?.reject(reviveError(answer[1]));
  }

  #ended(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new EngineStopped('the commit thread has ended'));
    this.#waiting.clear();
    if (!this.#isClosing) this.emit('fatal', 'the commit thread ended');
  }
}
