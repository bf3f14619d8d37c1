import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
const Bucket = 'office';

describe('operations in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let client: S3Client;
  let complaints: string[];
  /** What axe says of every page, told at the end: one finding must not hide what comes behind it. */
  const found: string[] = [];
  before(async () => {
    server = await startServerProcess();
    client = new S3Client({
      endpoint: server.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: server.rootCredentials,
    });
    await client.send(new CreateBucketCommand({ Bucket }));
    const keys = [
      'plan.md',
      '2026/march/INV-0231.pdf',
      '2026/march/INV-0232.pdf',
      '2026/april/INV-0300.pdf',
      'old/a.txt',
    ];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: `content of ${Key}` }));
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await page.goto(server.consoleUrl);
    await page.getByLabel('Setup token').fill(readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim());
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Create administrator').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/claim'));
    await page.goto(`${server.consoleUrl}/files/${Bucket}`);
    await row('plan.md').waitFor();
  });
  after(async () => {
    await browser?.close();
    client?.destroy();
    await server?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const row = (name: string | RegExp) => page.getByRole('row', { name });
  const dialog = () => page.getByRole('dialog');
  const keys = async () => (await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key);
  const choose = async (name: string, action: string) => {
    await button(`Actions for ${name}`).click();
    // Its key stands behind it.
    await page.getByRole('menuitem', { name: new RegExp(`^${action}`) }).click();
  };

  it('renames a folder and takes it back from the toast', async () => {
    await choose('2026', 'Rename');
    const name = dialog().getByRole('textbox');
    await name.fill('a/b');
    await dialog().getByRole('button', { name: 'Rename' }).click();
    await dialog().getByText('A name has at least one character and no slash.').waitFor();
    found.push(...(await survey(page, 'rename')));
    await name.fill('this year');
    await name.press('Enter');
    await row('this year').waitFor();
    await page.getByText('2026 is now this year').waitFor();
    found.push(...(await survey(page, 'renamed')));
    await button('Undo').click();
    await row('2026').waitFor();
    await row('this year').waitFor({ state: 'detached' });
  });

  it('makes a folder and moves a selection into it', async () => {
    await button('New folder').click();
    await dialog().getByRole('textbox').fill('archive');
    await dialog().getByRole('button', { name: 'Create folder' }).click();
    await row('archive').waitFor();
    await page.getByRole('checkbox', { name: 'Select plan.md', exact: true }).click({ force: true });
    await page.getByRole('checkbox', { name: 'Select old', exact: true }).click({ force: true });
    await button('Move').click();
    await dialog().getByRole('button', { name: 'archive', exact: true }).click();
    await dialog().getByText('office/archive/').waitFor();
    found.push(...(await survey(page, 'move')));
    await dialog().getByRole('button', { name: 'Move here' }).click();
    await page.getByText('2 items moved to archive').waitFor();
    await row('plan.md').waitFor({ state: 'detached' });
    assert.deepEqual(await keys(), [
      '2026/april/INV-0300.pdf',
      '2026/march/INV-0231.pdf',
      '2026/march/INV-0232.pdf',
      'archive/',
      'archive/old/a.txt',
      'archive/plan.md',
    ]);
    await page.goto(`${server.consoleUrl}/files/${Bucket}/archive`);
    await row('plan.md').waitFor();
    // The folder's own key is no file of it.
    assert.equal(await button('Actions for /').count(), 0);
  });

  it('copies beside itself, keeping both', async () => {
    await choose('plan.md', 'Copy');
    await dialog().getByRole('button', { name: 'Copy here' }).click();
    await row('plan (2).md').waitFor();
  });

  it('deletes at once, and the bin has it until it is restored or given up', async () => {
    await page.goto(`${server.consoleUrl}/files/${Bucket}`);
    await row('2026').waitFor();
    await choose('2026', 'Delete');
    await page.getByText('2026 deleted').waitFor();
    await row('2026').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Bin', exact: true }).click();
    await row(/INV-0231/).waitFor();
    assert.equal(
      (await keys())?.some((key) => key?.startsWith('2026')),
      false,
    );
    found.push(...(await survey(page, 'bin')));
    await page.getByRole('checkbox', { name: '2026/march/INV-0231.pdf' }).press('Space');
    await button('Restore').click();
    await row(/INV-0231/).waitFor({ state: 'detached' });
    assert.ok((await keys())?.includes('2026/march/INV-0231.pdf'));
    await button('Empty bin').click();
    found.push(...(await survey(page, 'empty-bin')));
    await dialog().getByRole('textbox').fill(Bucket);
    await dialog().getByRole('button', { name: 'Empty bin' }).click();
    await page.getByRole('heading', { name: 'The bin is empty' }).waitFor();
    found.push(...(await survey(page, 'bin-empty')));
  });

  it('lists what was done, with a way back where there is one', async () => {
    await page.getByRole('link', { name: 'Operations' }).click();
    const list = page.getByRole('list', { name: 'Operations' });
    await list.getByText('Empty the bin').waitFor();
    await list.getByText('The bin was emptied since: it cannot be undone').first().waitFor();
    found.push(...(await survey(page, 'operations')));
    await list.getByRole('button', { name: 'Undo: Move 2 items to archive' }).click();
    await page.getByText('Taken back').waitFor();
    assert.ok((await keys())?.includes('plan.md'));
  });

  it('complains of nothing', () => {
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });
});
