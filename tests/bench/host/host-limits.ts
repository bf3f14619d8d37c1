import { createHash } from 'node:crypto';
import { measureAppendSync, measureSequentialWrite, type SyncLimit } from './disk-limits.ts';
import { type HttpLimit, measureBareFile, measureBareGet, measureBarePut, measureLoopback } from './http-limits.ts';

const MD5_BYTES = 16 * 1024 * 1024;
const MIB = 1024 * 1024;

export interface LimitOptions {
  /** On the disk under test. */
  readonly folder: string;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly quick: boolean;
}

/**
 * What this host can do, each measured once and just before the first case that is held against it (a shared disk's
 * speed changes by the minute). The folder is on the disk the server uses.
 */
export class HostLimits {
  readonly #options: LimitOptions;
  readonly #onMeasure: (name: string, value: unknown) => void;
  readonly #measured = new Map<string, Promise<unknown>>();
  readonly #values: Record<string, unknown> = {};

  constructor(options: LimitOptions, onMeasure: (name: string, value: unknown) => void) {
    this.#options = options;
    this.#onMeasure = onMeasure;
  }

  /** Everything measured so far, for the report. */
  values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  /** 4 KiB append + fdatasync on one thread. */
  appendSync(): Promise<SyncLimit> {
    return this.#once('appendSync4KiB', () => measureAppendSync(this.#options.folder, this.#probeSeconds()));
  }

  /** MB/s of MD5 on one core. */
  md5(): Promise<number> {
    return this.#once('md5MBps', () => measureMd5(this.#probeSeconds()));
  }

  /** MB/s of a sequential write with one sync at its end. */
  diskWrite(): Promise<number> {
    const sizeBytes = (this.#options.quick ? 256 : 1024) * MIB;
    return this.#once('diskWriteMBps', () => measureSequentialWrite(this.#options.folder, sizeBytes));
  }

  loopback(): Promise<number> {
    return this.#once('loopbackMBps', () => measureLoopback(this.#probeSeconds()));
  }

  bareGet4KiB(connections: number): Promise<HttpLimit> {
    return this.#once(`bareGet4KiB@${connections}`, () => measureBareGet(this.#http(connections)));
  }

  barePut4KiB(connections: number): Promise<HttpLimit> {
    return this.#once(`barePut4KiB@${connections}`, () =>
      measureBarePut(this.#options.folder, this.#http(connections)),
    );
  }

  /** `perSecond` is MB/s. */
  bareFile64MiB(connections: number): Promise<HttpLimit> {
    return this.#once(`bareFile64MiB@${connections}`, () =>
      measureBareFile(this.#options.folder, this.#http(connections)),
    );
  }

  #probeSeconds(): number {
    return this.#options.quick ? 0.5 : 2;
  }

  #http(connections: number) {
    const { seconds, warmupSeconds } = this.#options;
    return { connections, seconds: Math.min(seconds, 5), warmupSeconds };
  }

  #once<T>(name: string, measure: () => T | Promise<T>): Promise<T> {
    let value = this.#measured.get(name);
    if (value === undefined) {
      value = Promise.resolve(measure()).then((result) => {
        this.#values[name] = result;
        this.#onMeasure(name, result);
        return result;
      });
      this.#measured.set(name, value);
    }
    // Each name is measured by one caller of `once` with one result type.
    return value as Promise<T>;
  }
}

function measureMd5(seconds: number): number {
  const bytes = Buffer.alloc(MD5_BYTES, 0x5a);
  const begun = performance.now();
  const md5 = createHash('md5');
  let hashed = 0;
  while (performance.now() - begun < seconds * 1000) {
    md5.update(bytes);
    hashed += bytes.length;
  }
  md5.digest();
  return hashed / 1e6 / ((performance.now() - begun) / 1000);
}
