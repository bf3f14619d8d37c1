import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from '../../clients/support/find-tool.ts';
import { mustRun, runTool } from '../../clients/support/run-tool.ts';
import type { FileSystem } from './rig-probe.ts';

const DISK_BYTES = 2 * 1024 ** 3;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const WAIT_STEP_MS = 20;
const WAIT_STEPS = 500;
const LAST_RESORT_STEPS = 30;

/**
 * A disk with a volatile write cache, made of a file: nbdkit keeps what was written since the last flush in memory of
 * its own, nbdfuse shows that as a file, a loop device makes a disk of it. `cutPower` kills nbdkit, and with it every
 * byte that no flush asked for.
 */
export class PowerDisk {
  /** Where the file system is mounted, with either way of mounting. */
  readonly folder: string;
  readonly #fileSystem: FileSystem;
  readonly #root: string;
  readonly #raw: string;
  #nbdkit: ChildProcess | undefined;
  #nbdfuse: ChildProcess | undefined;
  #loop: string | undefined;
  #mounted = false;
  readonly #lastResort = (): void => this.#removeNow();
  readonly #onSignal = (): void => process.exit(1);

  private constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.#root = mkdtempSync(join(tmpdir(), 'stowage-rig-'));
    this.#raw = join(this.#root, 'disk.raw');
    this.folder = join(this.#root, 'mount');
    for (const folder of [this.folder, this.#nbdFolder]) mkdirSync(folder);
    process.once('exit', this.#lastResort);
    // Without a handler a signal ends the process before 'exit' is told.
    for (const signal of SIGNALS) process.once(signal, this.#onSignal);
  }

  /** Makes an empty disk with a file system; nothing is mounted yet. */
  static async create(fileSystem: FileSystem): Promise<PowerDisk> {
    const disk = new PowerDisk(fileSystem);
    try {
      writeFileSync(disk.#raw, '');
      truncateSync(disk.#raw, DISK_BYTES);
      await run(`mkfs.${fileSystem}`, '-q', disk.#raw);
      return disk;
    } catch (error) {
      await disk.dispose();
      throw error;
    }
  }

  /** Mounts the disk behind its volatile cache. */
  async plugIn(): Promise<void> {
    const socket = join(this.#root, 'nbd.sock');
    rmSync(socket, { force: true });
    const nbdkit = ['-f', '-U', socket, '--filter=cache', 'file', this.#raw, 'cache=writeback'];
    this.#nbdkit = spawn('nbdkit', nbdkit, { stdio: 'ignore' });
    await until(() => existsSync(socket), 'nbdkit did not open its socket');
    this.#nbdfuse = spawn('nbdfuse', [this.#nbdFile, '--unix', socket], { stdio: 'ignore' });
    await until(() => statSync(this.#nbdFile, { throwIfNoEntry: false })?.size === DISK_BYTES, 'nbdfuse did not mount');
    await this.#mount(this.#nbdFile);
  }

  /** Mounts the file itself: what a powered-up disk holds. */
  async mountRaw(): Promise<void> {
    await this.#mount(this.#raw);
  }

  /** Everything written so far reaches the disk. */
  async sync(): Promise<void> {
    await run('sync', '-f', this.folder);
  }

  /** Power off: what was not flushed is gone. Every later access to the mounted disk fails. */
  async cutPower(): Promise<void> {
    await end(this.#nbdkit);
    this.#nbdkit = undefined;
  }

  /** Unmounts, whatever state the disk is in. No process may use it any more. */
  async unplug(): Promise<void> {
    if (this.#mounted) {
      if (!(await succeeds('umount', this.folder))) await succeeds('umount', '-l', this.folder);
      this.#mounted = false;
    }
    if (this.#loop !== undefined) await succeeds('losetup', '-d', this.#loop);
    this.#loop = undefined;
    if (this.#nbdfuse !== undefined) {
      if (!(await succeeds('umount', this.#nbdFolder))) await succeeds('umount', '-l', this.#nbdFolder);
      await end(this.#nbdfuse);
      this.#nbdfuse = undefined;
    }
    await this.cutPower();
  }

  /** Unplugs and removes everything. */
  async dispose(): Promise<void> {
    await this.unplug();
    process.off('exit', this.#lastResort);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
    rmSync(this.#root, { recursive: true, force: true });
  }

  get #nbdFolder(): string {
    return join(this.#root, 'nbd');
  }

  get #nbdFile(): string {
    return join(this.#nbdFolder, 'nbd');
  }

  async #mount(device: string): Promise<void> {
    this.#loop = (await run('losetup', '-f', '--show', device)).trim();
    // A lazily unmounted twin of the same XFS may live on for a moment after a cut.
    const options = this.#fileSystem === 'xfs' ? ['-o', 'nouuid'] : [];
    await run('mount', '-t', this.#fileSystem, ...options, this.#loop, this.folder);
    this.#mounted = true;
  }

  /** For a test process that ends without `dispose`: no mount, loop device or process may outlive it. */
  #removeNow(): void {
    this.#nbdkit?.kill('SIGKILL');
    // A mount that was just being made may appear after a first look.
    for (let step = 0; step < LAST_RESORT_STEPS && existsSync(this.#root); step += 1) {
      spawnSync('umount', ['-l', this.folder]);
      if (this.#loop !== undefined) spawnSync('losetup', ['-d', this.#loop]);
      spawnSync('umount', ['-l', this.#nbdFolder]);
      this.#nbdfuse?.kill('SIGKILL');
      try {
        rmSync(this.#root, { recursive: true, force: true });
      } catch {
        spawnSync('sleep', ['0.1']);
      }
    }
  }
}

function run(command: string, ...args: string[]): Promise<string> {
  return mustRun(command, args, { env: cleanEnvironment('/') });
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
  return (await runTool(command, args, { env: cleanEnvironment('/') })).code === 0;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function until(condition: () => boolean, complaint: string): Promise<void> {
  for (let step = 0; step < WAIT_STEPS; step += 1) {
    if (condition()) return;
    await sleep(WAIT_STEP_MS);
  }
  throw new Error(complaint);
}
