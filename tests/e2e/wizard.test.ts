import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ADMIN_PASSWORD } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

/** UX.md 6.1: clicks to a stored file, the drop of it left out. */
const CLICKS_MAX = 7;

describe('the first-run wizard in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let clicks = 0;
  let pair: { accessKeyId: string; secretAccessKey: string };
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB', acceptDownloads: true });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const press = async (name: string | RegExp) => {
    clicks += 1;
    await button(name).click();
  };
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const factOf = async (name: string) =>
    (await page.locator('dt', { hasText: name }).first().locator('xpath=following-sibling::dd').innerText()).trim();

  it('asks for a language, the token, name and password', async () => {
    await page.goto(server.consoleUrl);
    await heading('Set up Stowage');
    await page.getByText('Deutsch', { exact: true }).click();
    await heading('Stowage einrichten');
    await page.getByText('English', { exact: true }).click();
    await heading('Set up Stowage');
    await page.getByLabel('Setup token').fill(readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim());
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(ADMIN_PASSWORD);
    assert.deepEqual(await survey(page, 'wizard-claim'), []);
    await press('Create administrator');
    await heading('Store your recovery kit');
  });

  it('hands out the recovery kit, once', async () => {
    assert.deepEqual(await survey(page, 'wizard-recovery'), []);
    const [download] = await Promise.all([page.waitForEvent('download'), press('Save kit')]);
    assert.equal(download.suggestedFilename(), 'stowage-recovery-kit.txt');
    const stored = readFileSync(join(server.dataDir, 'recovery-kit.txt'), 'utf8');
    assert.equal(readFileSync(await download.path(), 'utf8'), stored);
    await button('Print sheet').click();
    const sheet = page.getByRole('dialog', { name: 'Recovery sheet' });
    await sheet.getByRole('img', { name: 'QR code with install and master key' }).waitFor();
    const key = /^Master key: +(\S+)$/m.exec(stored)?.[1] ?? 'no key';
    await sheet.getByText(key, { exact: true }).waitFor();
    assert.deepEqual(await survey(page, 'wizard-recovery-sheet'), []);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.getByRole('button').count(), 0);
    assert.ok(await page.locator('.print-sheet svg').isVisible());
    await page.screenshot({ path: '.cache/screenshots/wizard-recovery-sheet-print.png' });
    await page.emulateMedia({ media: null, colorScheme: null });
    await sheet.getByRole('button', { name: 'Close' }).click();
    await press('I have it, next');
    await heading('Your disks');
  });

  it('shows the disks as they are, and goes on there after a reload', async () => {
    await page.getByText(/1 disk, .+ free\./).waitFor();
    assert.deepEqual(await survey(page, 'wizard-disks'), []);
    await page.reload();
    await heading('Your disks');
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByText('The setup of this server is not finished.').waitFor();
    assert.deepEqual(await survey(page, 'setup-banner'), []);
    await page.getByRole('link', { name: 'Continue' }).click();
    await heading('Your disks');
    await press('Next');
    await heading('What comes first?');
  });

  it('makes the first bucket for what it is for, and a key', async () => {
    await page.getByText('Backups', { exact: true }).click();
    assert.equal(await page.getByLabel('Name of the bucket').inputValue(), 'backups');
    assert.deepEqual(await survey(page, 'wizard-purpose'), []);
    await button('I have a configuration file').click();
    await page.getByRole('dialog', { name: 'Import a configuration' }).getByText('Nothing is ever deleted').waitFor();
    await page.keyboard.press('Escape');
    await button('Back').click();
    await heading('Your disks');
    await button('Next').click();
    await page.getByText('Office files', { exact: true }).click();
    assert.equal(await page.getByLabel('Name of the bucket').inputValue(), 'office');
    await press('Create bucket and key');
    await heading('Ready');
  });

  it('proves that it works, and shows the key once', async () => {
    await page.getByText('All works.').waitFor();
    const lines = page.getByRole('region', { name: 'Self-test' }).getByRole('listitem');
    assert.equal(await lines.count(), 12);
    assert.deepEqual(await survey(page, 'wizard-done', 1500), []);
    pair = { accessKeyId: await factOf('Access key'), secretAccessKey: await factOf('Secret key') };
    const options = { endpoint: await factOf('Endpoint'), region: await factOf('Region'), forcePathStyle: true };
    const client = new S3Client({ ...options, credentials: pair });
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'office' }));
    client.destroy();
    assert.equal(KeyCount, 0);
    await page.reload();
    await heading('Ready');
    await page.getByText('Shown only when the key is made.').waitFor();
    assert.equal(await page.getByText(pair.secretAccessKey).count(), 0);
  });

  it('ends where files are dropped, within seven clicks, and never comes back', async () => {
    await press('Open office and drop files');
    await page.getByRole('heading', { name: 'Nothing in here' }).waitFor();
    assert.equal(new URL(page.url()).pathname.replace(/\/$/, ''), '/files/office');
    assert.ok(clicks <= CLICKS_MAX, `${clicks} clicks`);
    await page.goto(`${server.consoleUrl}/welcome`);
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    assert.equal(await page.getByText('is not finished').count(), 0);
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
