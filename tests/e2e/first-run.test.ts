import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
const CONTENT = 'invoice 0231\n'.repeat(1000);

describe('first run in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-e2e-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
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
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const row = (name: string) => page.getByRole('row', { name });

  it('an install that nobody claimed asks for the setup token', async () => {
    await page.goto(server.consoleUrl);
    await page.getByRole('heading', { name: 'Set up Stowage' }).waitFor();
    assert.deepEqual(await survey(page, 'claim'), []);
  });

  it('a wrong token is refused in words', async () => {
    await page.getByLabel('Setup token').fill('wrong');
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Create administrator').click();
    await page.getByText('This is not the token in the file setup-token.').waitFor();
  });

  it('the token makes the first administrator, signed in', async () => {
    const stored = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
    await page.getByLabel('Setup token').fill(stored);
    await button('Create administrator').click();
    // The rest of the setup has a test of its own.
    await page.getByRole('heading', { name: 'Store your recovery kit' }).waitFor();
    await button('Skip setup').click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Buckets' }).click();
    await page.getByRole('heading', { name: 'No buckets yet' }).waitFor();
    assert.deepEqual(await survey(page, 'buckets-empty'), []);
  });

  it('signs out and in again, and a wrong password is refused', async () => {
    await button(/anna/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.deepEqual(await survey(page, 'sign-in'), []);
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill('not the password');
    await button('Sign in').click();
    await page.getByText('Name or password is wrong.').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'Buckets', exact: true }).waitFor();
  });

  it('creates a bucket', async () => {
    await button('Create bucket').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('No');
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    assert.deepEqual(await survey(page, 'create-bucket'), []);
    await dialog.getByLabel('Name').fill('office');
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    await page.getByRole('link', { name: 'office', exact: true }).waitFor();
    assert.deepEqual(await survey(page, 'buckets'), []);
  });

  it('uploads files and a folder, and shows them', async () => {
    const files = join(folder, 'files');
    mkdirSync(join(folder, '2026', 'march'), { recursive: true });
    mkdirSync(files);
    writeFileSync(join(files, 'INV-0231.pdf'), CONTENT);
    writeFileSync(join(files, `a name ${'that goes on '.repeat(14)}.txt`), '');
    writeFileSync(join(files, 'ümläut & 100%.txt'), 'x');
    writeFileSync(join(folder, '2026', 'march', 'plan.md'), '# plan');
    await page.getByRole('link', { name: 'office', exact: true }).click();
    await page.getByRole('heading', { name: 'Nothing in here' }).waitFor();
    assert.deepEqual(await survey(page, 'files-empty'), []);
    const names = ['INV-0231.pdf', `a name ${'that goes on '.repeat(14)}.txt`, 'ümläut & 100%.txt'];
    await page.locator('input[data-upload=files]').setInputFiles(names.map((name) => join(files, name)));
    await page.getByText('3 of 3 files stored').waitFor();
    await page.locator('input[data-upload=folder]').setInputFiles(join(folder, '2026'));
    await page.getByText('4 of 4 files stored').waitFor();
    await row('INV-0231.pdf').waitFor();
    await row('2026').waitFor();
    assert.deepEqual(await survey(page, 'files'), []);
  });

  it('opens a folder by its row; address, crumbs and Back agree', async () => {
    await row('2026').click();
    await row('march').click();
    await row('plan.md').waitFor();
    assert.equal(new URL(page.url()).pathname, '/files/office/2026/march');
    assert.deepEqual(await survey(page, 'folder'), []);
    await page.reload();
    await row('plan.md').waitFor();
    await page.getByRole('link', { name: 'office' }).click();
    await row('INV-0231.pdf').waitFor();
    await page.goBack();
    await row('plan.md').waitFor();
    await page.goto(`${server.consoleUrl}/files/office`);
  });

  it('downloads what was uploaded', async () => {
    await button('Actions for INV-0231.pdf').click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Download' }).click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), 'INV-0231.pdf');
    assert.equal(readFileSync(await download.path(), 'utf8'), CONTENT);
  });

  it('deletes a selection by keyboard, at once and with a way back', async () => {
    await row('INV-0231.pdf').getByRole('checkbox').press('Space');
    await page.getByText('1 selected').waitFor();
    assert.deepEqual(await survey(page, 'files-selected'), []);
    await button('Delete').press('Enter');
    await page.getByText('INV-0231.pdf deleted').waitFor();
    await row('INV-0231.pdf').waitFor({ state: 'detached' });
    assert.deepEqual(await survey(page, 'delete-files'), []);
  });

  it('takes what is dropped on the list', async () => {
    const dropped = await page.evaluateHandle(
      "(() => { const data = new DataTransfer(); data.items.add(new File(['dropped'], 'dropped.txt')); return data; })()",
    );
    await page.getByRole('grid').dispatchEvent('drop', { dataTransfer: dropped });
    await row('dropped.txt').waitFor();
  });

  it('deletes a bucket by its name only, and not while something is in it', async () => {
    await page.getByRole('link', { name: 'Buckets' }).first().click();
    await button('Delete bucket office').click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete bucket' });
    assert.equal(await confirm.isDisabled(), true);
    await dialog.getByRole('textbox').fill('office');
    await confirm.click();
    await dialog.getByText('There is still something in it.').waitFor();
    assert.deepEqual(await survey(page, 'delete-bucket'), []);
    await page.keyboard.press('Escape');
    await button('Create bucket').click();
    await dialog.getByLabel('Name').fill('short-lived');
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    await button('Delete bucket short-lived').click();
    await dialog.getByRole('textbox').fill('short-lived');
    await confirm.click();
    await page.getByRole('link', { name: 'short-lived', exact: true }).waitFor({ state: 'detached' });
    await page.goto(`${server.consoleUrl}/files/nothing-here`);
    await page.getByText('There is no bucket of this name').waitFor();
    assert.deepEqual(await survey(page, 'no-bucket'), []);
    await page.goto(`${server.consoleUrl}/files/office`);
  });

  it('speaks German and keeps the theme that was chosen', async () => {
    await button(/anna/).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Dateien hochladen' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Dateien hochladen' }).waitFor();
    assert.deepEqual(await survey(page, 'german'), []);
    await button(/anna/).click();
    await page.getByRole('menuitemradio', { name: 'Dunkel' }).click();
    await page.reload();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
