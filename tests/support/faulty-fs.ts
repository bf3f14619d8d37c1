import { type FileSystem, nodeFileSystem } from '../../src-server/platform/fs-port.ts';

export type FileCall = Exclude<keyof FileSystem, never>;

/** One call as it is about to be made. `path` is known where a file was opened through this wrapper. */
export interface SeenCall {
  readonly call: FileCall;
  readonly path: string;
  /** Counts all calls from 1. */
  readonly number: number;
}

/** An errno to fail with, `short` to write half, or undefined to let the call through. */
export type Fault = string | 'short' | undefined;

export interface FaultyFileSystem extends FileSystem {
  readonly calls: readonly SeenCall[];
}

/** The real file system, asked before each call whether it may fail this once. */
export function faultyFileSystem(decide: (call: SeenCall) => Fault): FaultyFileSystem {
  const calls: SeenCall[] = [];
  const paths = new Map<number, string>();
  const see = (call: FileCall, path: string): Fault => {
    const seen = { call, path, number: calls.length + 1 };
    calls.push(seen);
    return decide(seen);
  };
  const guard = async <T>(call: FileCall, path: string, work: () => Promise<T>): Promise<T> => {
    const fault = see(call, path);
    if (fault === undefined || fault === 'short') return work();
    throw Object.assign(new Error(`${fault}: injected into ${call} of ${path}`), { code: fault });
  };
  const onFd = <T>(call: FileCall, fd: number, work: () => Promise<T>): Promise<T> =>
    guard(call, paths.get(fd) ?? `fd ${fd}`, work);
  return {
    calls,
    open: (path, flags, mode) =>
      guard('open', path, async () => {
        const fd = await nodeFileSystem.open(path, flags, mode);
        paths.set(fd, path);
        return fd;
      }),
    write: (fd, bytes, position) => {
      const fault = see('write', paths.get(fd) ?? '');
      if (fault === 'short') return nodeFileSystem.write(fd, bytes.subarray(0, bytes.length >> 1), position);
      if (fault !== undefined) return Promise.reject(Object.assign(new Error(`${fault}: injected`), { code: fault }));
      return nodeFileSystem.write(fd, bytes, position);
    },
    read: (fd, bytes, position) => onFd('read', fd, () => nodeFileSystem.read(fd, bytes, position)),
    fdatasync: (fd) => onFd('fdatasync', fd, () => nodeFileSystem.fdatasync(fd)),
    fsync: (fd) => onFd('fsync', fd, () => nodeFileSystem.fsync(fd)),
    // A descriptor is gone even where closing it fails.
    close: async (fd) => {
      await nodeFileSystem.close(fd);
      await onFd('close', fd, async () => {});
    },
    facts: (fd) => onFd('facts', fd, () => nodeFileSystem.facts(fd)),
    rename: (from, to) => guard('rename', from, () => nodeFileSystem.rename(from, to)),
    unlink: (path) => guard('unlink', path, () => nodeFileSystem.unlink(path)),
    mkdir: (path) => guard('mkdir', path, () => nodeFileSystem.mkdir(path)),
    list: (path) => guard('list', path, () => nodeFileSystem.list(path)),
  };
}
