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

  const ask = async (text: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('searchbox').fill(text);
  };
  const isFocused = async (id: string) => {
    for (let left = 50; (await page.evaluate('document.activeElement?.id')) !== id; left -= 1) {
      assert.ok(left > 0, `${id} has no focus`);
      await page.waitForTimeout(50);
    }
  };

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

  it('opens a setting at its line, by its name', async () => {
    for (let left = 2; left > 0 && (await page.getByRole('dialog').isVisible()); left -= 1) {
      await page.keyboard.press('Escape');
    }
    await ask('signature');
    await page.getByRole('menuitem', { name: /Signature V2/ }).waitFor();
    assert.deepEqual(await survey(page, 'palette-setting'), []);
    await page.getByRole('menuitem', { name: /Signature V2/ }).click();
    await page.waitForURL(/settings#s3\.allowSignatureV2/);
    await page.getByRole('heading', { name: 'Signature V2' }).waitFor();
    await isFocused('s3.allowSignatureV2');
  });

  it('has the last folders, help and what is one’s own', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('menuitem', { name: 'office / 2026 / march' }).waitFor();
    await page.getByRole('menuitem', { name: 'Description of the API (OpenAPI)' }).waitFor();
    await page.keyboard.type('lists');
    await page.getByRole('menuitem', { name: /Lists/ }).click();
    await page.waitForURL(/account#display/);
    await isFocused('display');
  });

  it('shows lists close and sizes by 1024 where that was chosen, after a reload too', async () => {
    const size = Buffer.alloc(1_500_000);
    await server.client.send(new PutObjectCommand({ Bucket: 'office', Key: 'large.bin', Body: size }));
    await page.getByRole('main').getByText('Compact', { exact: true }).click();
    await page
      .getByRole('main')
      .getByText(/By 1024/)
      .click();
    assert.deepEqual(await survey(page, 'account-display'), []);
    await page.goto(`${server.consoleUrl}/files/office`);
    const row = page.getByRole('row', { name: /large\.bin/ });
    await row.getByText('1.4 MiB').waitFor();
    assert.equal((await row.boundingBox())?.height, 28);
    assert.doesNotMatch(page.url(), /view=/);
    await page.getByRole('button', { name: 'Normal rows' }).click();
    await page.waitForURL(/view=rows/);
    assert.equal((await row.boundingBox())?.height, 36);
    await page.goto(`${server.consoleUrl}/account`);
    await page.getByRole('main').getByText('Normal', { exact: true }).click();
    await page
      .getByRole('main')
      .getByText(/By 1000/)
      .click();
  });

  it('never broke its own policy', () => assert.deepEqual(complaints, []));
});
