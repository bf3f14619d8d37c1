import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const MODULE = new URL('../../scripts/lib/electron-program.mjs', import.meta.url).href;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** In a process of its own, as it runs before anything is installed. */
function evaluate(expression: string): string {
  const code = `import * as m from ${JSON.stringify(MODULE)}; process.stdout.write(String(${expression}));`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

describe('npm start', () => {
  it('opens a window only where there is a screen and somebody to look at it', {
    skip: process.platform !== 'linux',
  }, () => {
    assert.equal(evaluate('m.hasDisplay({})'), 'false');
    assert.equal(evaluate("m.hasDisplay({ DISPLAY: ':0' })"), 'true');
    assert.equal(evaluate("m.hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })"), 'true');
    assert.equal(evaluate("m.hasDisplay({ DISPLAY: ':0', CI: '1' })"), 'false');
  });

  it("finds Electron's program where its package put it, and never runs it as root", () => {
    const root = mkdtempSync(join(tmpdir(), 'stowage-electron-'));
    try {
      const folder = join(root, 'node_modules', 'electron');
      mkdirSync(join(folder, 'dist'), { recursive: true });
      writeFileSync(join(folder, 'path.txt'), 'electron\n');
      writeFileSync(join(folder, 'dist', 'electron'), '');
      const found = evaluate(`m.electronProgram(${JSON.stringify(root)})`);
      assert.equal(found, process.getuid?.() === 0 ? 'undefined' : join(folder, 'dist', 'electron'));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
