import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('./eio-shim.c', import.meta.url));
const CALLS = { sync: 1, write: 2, read: 4 } as const;
const ORDERS_BYTES = 1024;
const PATTERNS_AT = 16;
const FAILED_AT = 12;

export interface CallFault {
  readonly call: keyof typeof CALLS;
  /** Parts of paths; one that ends with `$` is a path's end. */
  readonly paths: readonly string[];
  /** Matching calls that pass first. */
  readonly skip?: number;
  /** How many fail then; all when absent. */
  readonly times?: number;
}

/** Undefined where calls can be made to fail, else why not. */
export function whyNoFailingCalls(): string | undefined {
  if (process.platform !== 'linux') return 'needs LD_PRELOAD';
  return spawnSync('cc', ['--version']).status === 0 ? undefined : 'needs a C compiler';
}

/** Makes system calls of one server fail on order, whichever of its threads makes them. */
export class FailingCalls {
  readonly #root = mkdtempSync(join(tmpdir(), 'stowage-eio-'));
  readonly #fd: number;

  constructor() {
    const args = ['-shared', '-fPIC', '-O2', '-o', this.#shim, SOURCE, '-ldl'];
    const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the shim does not compile: ${stderr}`);
    writeFileSync(this.#orders, Buffer.alloc(ORDERS_BYTES));
    this.#fd = openSync(this.#orders, 'r+');
  }

  /** What the server is to be started with. */
  get env(): Readonly<Record<string, string>> {
    return { LD_PRELOAD: this.#shim, STOWAGE_TEST_EIO: this.#orders };
  }

  arm({ call, paths, skip = 0, times = -1 }: CallFault): void {
    this.heal();
    const bytes = Buffer.alloc(ORDERS_BYTES);
    bytes.writeInt32LE(skip, 4);
    bytes.writeInt32LE(times, 8);
    bytes.write(paths.join('|'), PATTERNS_AT);
    writeSync(this.#fd, bytes, 0, ORDERS_BYTES, 0);
    // Last: only now does anybody look at the rest.
    bytes.writeUInt32LE(CALLS[call]);
    writeSync(this.#fd, bytes, 0, 4, 0);
  }

  heal(): void {
    writeSync(this.#fd, Buffer.alloc(4), 0, 4, 0);
  }

  /** Calls that failed since `arm`. */
  get failed(): number {
    const bytes = Buffer.alloc(4);
    readSync(this.#fd, bytes, 0, 4, FAILED_AT);
    return bytes.readUInt32LE(0);
  }

  remove(): void {
    closeSync(this.#fd);
    rmSync(this.#root, { recursive: true, force: true });
  }

  get #shim(): string {
    return join(this.#root, 'shim.so');
  }

  get #orders(): string {
    return join(this.#root, 'orders');
  }
}
