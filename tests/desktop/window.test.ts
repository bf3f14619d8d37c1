import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Electron's program, where its package has fetched it. */
function electronProgram(): string | undefined {
  const folder = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

const program = electronProgram();
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const missing =
  program === undefined
    ? "skipped: Electron's program is not here (npx install-electron)"
    : display
      ? false
      : 'skipped: there is no display';

it('the real window shows the console, sandboxed', { skip: missing, timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-window-'));
  for (const name of ['data', 'user']) mkdirSync(join(folder, name));
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [ROOT, `--user-data-dir=${join(folder, 'user')}`],
    env: {
      ...process.env,
      STOWAGE_DATA_DIR: join(folder, 'data'),
      STOWAGE_S3_ADDRESS: '127.0.0.1:0',
      STOWAGE_CONSOLE_ADDRESS: '127.0.0.1:0',
    },
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading').first().waitFor();
    assert.match(page.url(), /^http:\/\/127\.0\.0\.1:\d+\//);
    assert.equal(await page.evaluate('typeof require'), 'undefined');
    assert.equal(await page.evaluate('typeof window.stowageDesktop.describe'), 'function');
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
