import type { FileIo } from '../../src-server/engine/log/file-io.ts';

type Operation = 'open' | 'write' | 'fdatasync' | 'truncate' | 'rename' | 'unlink' | 'syncFolder' | 'space';

export interface IoCall {
  readonly operation: Operation;
  /** Of the file, under the name it was opened with. */
  readonly path: string;
  readonly length?: number;
  readonly position?: number;
}

export interface Fault {
  readonly operation: Operation;
  readonly matches: (call: IoCall) => boolean;
  /** `short`: half of a write is taken without an error. */
  readonly error: 'EIO' | 'ENOSPC' | 'short';
  /** How many of the matching calls fail; the others before them pass. */
  readonly skip: number;
  readonly times: number;
}

/** Wraps file primitives: notes the calls and makes chosen ones fail. */
export class FaultyIo {
  readonly calls: IoCall[] = [];
  readonly #faults: (Fault & { seen: number })[] = [];
  readonly #paths = new Map<number, string>();
  freeBytes: number | undefined;

  fail(operation: Operation, error: Fault['error'], options: Partial<Omit<Fault, 'operation' | 'error'>> = {}): void {
    this.#faults.push({ operation, error, matches: () => true, skip: 0, times: 1, ...options, seen: 0 });
  }

  heal(): void {
    this.#faults.length = 0;
  }

  readonly wrap = (io: FileIo): FileIo => ({
    ...io,
    open: (path, flags) => {
      this.#note({ operation: 'open', path });
      const fd = io.open(path, flags);
      this.#paths.set(fd, path);
      return fd;
    },
    write: (fd, bytes, position) => {
      const call = { operation: 'write', path: this.#path(fd), length: bytes.length, position } as const;
      if (this.#note(call) === 'short') return io.write(fd, bytes.subarray(0, bytes.length >> 1), position);
      return io.write(fd, bytes, position);
    },
    fdatasync: (fd) => {
      this.#note({ operation: 'fdatasync', path: this.#path(fd) });
      io.fdatasync(fd);
    },
    syncInBackground: async (fd) => {
      this.#note({ operation: 'fdatasync', path: this.#path(fd) });
      return io.syncInBackground(fd);
    },
    truncate: (fd, length) => {
      this.#note({ operation: 'truncate', path: this.#path(fd) });
      io.truncate(fd, length);
    },
    rename: (from, to) => {
      this.#note({ operation: 'rename', path: from });
      io.rename(from, to);
      for (const [fd, path] of this.#paths) if (path === from) this.#paths.set(fd, to);
    },
    unlink: (path) => {
      this.#note({ operation: 'unlink', path });
      io.unlink(path);
    },
    syncFolder: (path) => {
      this.#note({ operation: 'syncFolder', path });
      io.syncFolder(path);
    },
    space: (path) => {
      this.#note({ operation: 'space', path });
      const facts = io.space(path);
      return this.freeBytes === undefined ? facts : { ...facts, freeBytes: this.freeBytes };
    },
  });

  of(operation: Operation, pattern: RegExp): IoCall[] {
    return this.calls.filter((call) => call.operation === operation && pattern.test(call.path));
  }

  #path(fd: number): string {
    return this.#paths.get(fd) ?? 'unknown';
  }

  #note(call: IoCall): 'short' | undefined {
    this.calls.push(call);
    for (const fault of this.#faults) {
      if (fault.operation !== call.operation || !fault.matches(call)) continue;
      fault.seen += 1;
      if (fault.seen <= fault.skip || fault.seen > fault.skip + fault.times) continue;
      if (fault.error === 'short') return 'short';
      throw Object.assign(new Error(`${fault.error}: injected`), { code: fault.error });
    }
    return undefined;
  }
}

/** Calls on log segments, under their final or their first name. */
export const ON_SEGMENT = (call: IoCall): boolean => /\.log(\.new)?$/.test(call.path);
