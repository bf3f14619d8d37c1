import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LeanClient } from '../../support/lean-client.ts';
import { type ServerProcess, startServerProcess, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';

export interface CrashServerOptions {
  readonly args?: readonly string[];
  /** Of the configuration file. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** See `src-server/app/debug-limits.ts`. */
  readonly limits?: Readonly<Record<string, unknown>>;
}

/** A server with a hot and a warm disk that can be told, while it runs, at which step to die. */
export class CrashServer {
  readonly root = mkdtempSync(join(tmpdir(), 'stowage-crash-'));
  readonly dataDir = join(this.root, 'data');
  readonly disks = ['--disk', `hot=${join(this.root, 'hot')}`, '--disk', `warm=${join(this.root, 'warm')},tier=warm`];
  readonly #orderFile = join(this.root, 'crash-order');
  readonly #options: CrashServerOptions;
  #server: ServerProcess | undefined;
  #client: LeanClient | undefined;
  #orders = 0;
  deaths = 0;

  constructor(options: CrashServerOptions = {}) {
    this.#options = options;
    for (const name of ['data', 'hot', 'warm']) mkdirSync(join(this.root, name));
    writeFileSync(this.configFile, JSON.stringify({ threads: { io: 1 }, ...options.settings }));
  }

  get configFile(): string {
    return join(this.root, 'config.json');
  }

  get url(): string {
    return this.#running().s3Url;
  }

  get consoleUrl(): string {
    return this.#running().consoleUrl;
  }

  get exitCode(): number | null {
    return this.#running().child.exitCode;
  }

  get client(): LeanClient {
    this.#client ??= new LeanClient(this.url, TEST_ROOT_CREDENTIALS);
    return this.#client;
  }

  get hasDied(): boolean {
    const child = this.#server?.child;
    return child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  }

  stderr(): string {
    return this.#server?.stderr() ?? '';
  }

  /** @param env further variables; `STOWAGE_CRASH_AT` kills it on its way up (then this rejects with StartFailed) */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#client?.close();
    this.#client = undefined;
    this.disarm();
    const { limits, args = [] } = this.#options;
    this.#server = await startServerProcess({
      dataDir: this.dataDir,
      args: [...this.disks, '--config', this.configFile, ...args],
      env: {
        STOWAGE_DEBUG: '1',
        STOWAGE_CRASH_FILE: this.#orderFile,
        ...(limits === undefined ? {} : { STOWAGE_DEBUG_LIMITS: JSON.stringify(limits) }),
        ...env,
      },
    });
  }

  /** From now on the server dies when a thread reaches `point` for the `count`th time. */
  arm(point: string, count: number): void {
    this.#orders += 1;
    writeFileSync(this.#orderFile, `${point}:${count} ${this.#orders}`);
  }

  disarm(): void {
    rmSync(this.#orderFile, { force: true });
  }

  /** Asks it something: it may have died behind an answer, and the news of that takes a moment. */
  async isDead(): Promise<boolean> {
    try {
      await this.client.request({ method: 'GET', path: '/' });
      return false;
    } catch {
      return this.diesWithin(10_000);
    }
  }

  /** Waits for its death, at most so long, ms. */
  async diesWithin(ms: number): Promise<boolean> {
    const { child } = this.#running();
    if (this.hasDied) return true;
    const exit = once(child, 'exit').then(() => true);
    const timer = Promise.withResolvers<boolean>();
    const timeout = setTimeout(() => timer.resolve(false), ms);
    const died = await Promise.race([exit, timer.promise]);
    clearTimeout(timeout);
    return died;
  }

  /** Starts again if it died; true if it did. Anything but the SIGKILL of a crash point is an error. */
  async revive(): Promise<boolean> {
    if (!this.hasDied) return false;
    const { child } = this.#running();
    if (child.signalCode !== 'SIGKILL') throw new Error(`it ended by itself (${child.exitCode}): ${this.stderr()}`);
    this.deaths += 1;
    await this.start();
    return true;
  }

  /** SIGKILL, and waits. */
  async kill(): Promise<void> {
    await this.#running().kill();
  }

  /** Stops in order; the exit code. */
  async stop(): Promise<number | null> {
    this.#client?.close();
    this.#client = undefined;
    return this.#running().stop();
  }

  /** Kills what runs and removes every file. */
  async remove(): Promise<void> {
    this.#client?.close();
    await this.#server?.kill();
    rmSync(this.root, { recursive: true, force: true });
  }

  #running(): ServerProcess {
    if (this.#server === undefined) throw new Error('the server was not started');
    return this.#server;
  }
}
