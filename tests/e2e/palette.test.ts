import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';

describe('palette', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: [{ name: 'anna', role: 'admin', password: PASSWORD }],
      buckets: [{ name: 'office', owner: 'anna' }],
    });
    await server.client.send(
      new PutObjectCommand({ Bucket: 'office', Key: '2026/march/invoice-0231.txt', Body: 'invoice' }),
    );
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Buckets' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('opens by its keys, with pages and actions', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search everything' }).waitFor();
    await page.getByRole('menuitem', { name: 'Transfers' }).waitFor();
    assert.deepEqual(await survey(page, 'palette'), []);
  });

  it('finds a bucket and a file of it, and goes there by Enter', async () => {
    await page.keyboard.type('office');
    await page.getByRole('menuitem', { name: 'office' }).waitFor();
    await page.getByRole('dialog').getByRole('searchbox').fill('invoice-02');
    await page.getByRole('menuitem', { name: /invoice-0231\.txt/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/files\/office\/2026\/march\/?\?/);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('says so where nothing has that name, and Escape closes it', async () => {
    await page.getByRole('button', { name: /^Search/ }).click();
    await page.getByRole('dialog').getByRole('searchbox').fill('qqqqqq');
    await page.getByText('Nothing has that name.').waitFor();
    await page.keyboard.press('Escape');
    // The first Escape empties the field, as in every search field.
    if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('shows the keys by `?`, but not to somebody who writes one', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    assert.deepEqual(await survey(page, 'shortcuts'), []);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('searchbox').fill('');
    await page.keyboard.type('?');
    assert.equal(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count(), 0);
  });

  it('never broke its own policy', () => assert.deepEqual(complaints, []));
});
