import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun } from './run-tool.ts';

export interface Tool {
  readonly path: string;
  readonly version: string;
}

/** Environment for a tool: this machine's own settings for clients must not reach it. */
export function cleanEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['PATH', 'PYENV_ROOT', 'PYENV_VERSION', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return { ...kept, HOME: home, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', NO_PROXY: '127.0.0.1', ...more };
}

/** Every executable of that name on PATH and in the system's own folder, in that order. */
export function candidates(name: string): readonly string[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/sbin'];
  return [...new Set(folders.map((folder) => join(folder, name)))].filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * The first candidate whose version text satisfies `accept`. Undefined where none does: a program that does not run is
 * not there.
 */
export async function findTool(
  name: string,
  versionArgs: readonly string[],
  accept: (version: string) => boolean = () => true,
): Promise<Tool | undefined> {
  for (const path of candidates(name)) {
    try {
      const home = process.env['HOME'] ?? '/';
      const version = (await mustRun(path, versionArgs, { env: cleanEnvironment(home), timeoutMs: 30_000 })).trim();
      if (accept(version)) return { path, version: version.split('\n')[0] ?? '' };
    } catch {
      // Tried like any other candidate and found unusable.
    }
  }
  return undefined;
}
