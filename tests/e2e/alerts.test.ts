import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';

describe('alerts', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-alerts-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const start = () => {
    const disks = ['main', 'archive'].flatMap((name) => ['--disk', `${name}=${join(folder, name)}`]);
    return startServerProcess({ dataDir: join(folder, 'data'), args: disks });
  };
  before(async () => {
    for (const name of ['data', 'main', 'archive']) mkdirSync(join(folder, name));
    server = await start();
    const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
    const body = JSON.stringify({ token, name: 'anna', password: PASSWORD });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${server.consoleUrl}/api/v1/setup`, { method: 'POST', body, headers });
    await server.stop();
    renameSync(join(folder, 'archive'), join(folder, 'unplugged'));
    server = await start();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(20_000);
    complaints = complaintsOf(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const bell = (count: number) => page.getByRole('button', { name: `Alerts, ${count} new` });

  it('counts what needs attention, says it once, and shows what to do', async () => {
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await bell(1).click();
    await page
      .getByRole('dialog', { name: 'Alerts' })
      .getByText(/archive/)
      .first()
      .waitFor();
    assert.deepEqual(await survey(page, 'alerts'), []);
    await page.keyboard.press('Escape');
    await bell(0).waitFor();
  });

  it('what was seen stays seen, until it is over', async () => {
    await page.reload();
    await bell(0).waitFor();
    renameSync(join(folder, 'unplugged'), join(folder, 'archive'));
    await server.stop();
    server = await start();
    await page.goto(`${server.consoleUrl}/buckets`);
    await bell(0).click();
    await page.getByText('Nothing needs attention.').waitFor();
  });

  it('never broke its own policy', () => assert.deepEqual(complaints, []));
});
