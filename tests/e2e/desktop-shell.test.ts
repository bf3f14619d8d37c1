import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
/** What the preload script would put there; keeps what it is told. */
const BRIDGE = `window.told = [];
window.stowageDesktop = { reportTransfers: async (given) => void window.told.push(given) };`;

describe('console in the desktop app', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await page.addInitScript(BRIDGE);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('asks whoever sits here for a name and a password only, and leaves the token in no address', async () => {
    const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
    await page.goto(`${server.consoleUrl}/claim#token=${token}`);
    await page.getByLabel('User name').fill('anna');
    assert.equal(await page.getByLabel('Setup token').count(), 0);
    assert.ok(!page.url().includes(token));
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.waitForURL((url) => url.pathname !== '/claim');
    assert.ok(!(await page.evaluate<string>('JSON.stringify([location.href, document.referrer])')).includes(token));
  });

  it('tells the tray of transfers', async () => {
    await page.goto(`${server.consoleUrl}/buckets`);
    const made = await page.evaluate<number>(`fetch('/api/v1/session').then((r) => r.json()).then(({ csrfToken }) =>
      fetch('/api/v1/buckets', { method: 'POST', body: JSON.stringify({ name: 'office' }),
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } })).then((r) => r.status)`);
    assert.equal(made, 201);
    await page.goto(`${server.consoleUrl}/files/office/`);
    const file = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('bytes') };
    await page.locator('input[data-upload=files]').setInputFiles(file);
    await page.getByRole('row', { name: /a\.txt/ }).waitFor();
    await page.waitForFunction('window.told.length > 0 && window.told.at(-1).active === 0');
  });

  it('never broke its own policy', () => assert.deepEqual(complaints, []));
});
