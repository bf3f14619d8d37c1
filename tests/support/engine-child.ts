import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineDisk } from '../../src-server/engine/engine-options.ts';
import { rows } from './engine-asserts.ts';
import type { DriverTask } from './engine-driver.ts';
import type { EngineUnderTest } from './engine-fixture.ts';
import { fillOf } from './engine-puts.ts';

const DRIVER = fileURLToPath(new URL('./engine-driver.ts', import.meta.url));

export interface ChildOutcome {
  /** Names that were answered, in order. */
  readonly answered: readonly string[];
  readonly opened: boolean;
  readonly closed: boolean;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/**
 * Runs the driver until it ends: by itself, at `crashAt` (NAME:COUNT), or by SIGKILL after `killAfterAnswers` answers.
 */
export async function runEngineChild(
  task: DriverTask,
  options: { readonly crashAt?: string; readonly killAfterAnswers?: number } = {},
): Promise<ChildOutcome> {
  const crash = options.crashAt === undefined ? {} : { STOWAGE_DEBUG: '1', STOWAGE_CRASH_AT: options.crashAt };
  const child = spawn(process.execPath, [DRIVER, JSON.stringify(task)], {
    env: { ...process.env, ...crash },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (options.killAfterAnswers !== undefined && output.split('\nput ').length > options.killAfterAnswers) {
      child.kill('SIGKILL');
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await once(child, 'close');
  const lines = output.split('\n');
  return {
    // The last line may be half: it was not answered as far as anybody can tell.
    answered: lines.slice(0, -1).flatMap((line) => (line.startsWith('put ') ? [line.slice(4)] : [])),
    opened: lines.includes('open'),
    closed: lines.includes('closed'),
    exitCode: child.exitCode,
    signal: child.signalCode,
    stderr,
  };
}

/** Every answered name is a current version, and the bytes of every version are those that were put under its name. */
export function assertPutsThere(
  engine: EngineUnderTest,
  disks: readonly Pick<EngineDisk, 'uuid' | 'path'>[],
  answered: readonly string[],
): void {
  const sql = `SELECT v.key, e.container_offset AS at, e.header_length + e.stored_length AS length, c.name, d.uuid
    FROM object_version v JOIN body_extent b ON b.body_id = v.body_id JOIN extent e ON e.id = b.extent_id
    JOIN container c ON c.id = e.container_id JOIN replica r ON r.container_id = c.id JOIN disk d ON d.id = r.disk_id`;
  const files = new Map<string, Buffer>();
  const found = new Set<string>();
  for (const row of rows(engine, sql)) {
    const disk = disks.find((one) => one.uuid === row['uuid']);
    const path = join(disk?.path ?? '', 'log', String(row['name']));
    const file = files.get(path) ?? readFileSync(path);
    files.set(path, file);
    const bytes = file.subarray(Number(row['at']), Number(row['at']) + Number(row['length']));
    const fill = fillOf(Number(String(row['key']).split('-').at(-1)));
    assert.ok(bytes.length === row['length'] && bytes.every((byte) => byte === fill), `bytes of ${String(row['key'])}`);
    found.add(String(row['key']));
  }
  assert.deepEqual(
    answered.filter((name) => !found.has(name)),
    [],
    'answered, and lost',
  );
}
