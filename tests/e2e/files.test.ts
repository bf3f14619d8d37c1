import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import type { ConsoleClient } from '../support/console-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';
import { claimAndSignIn } from './support/console-page.ts';

const PASSWORD = 'correct horse battery staple';

describe('the file browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let s3: S3Client;
  let browser: Browser;
  let page: Page;
  let admin: ConsoleClient;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    s3 = new S3Client({
      endpoint: server.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: server.rootCredentials,
    });
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB', acceptDownloads: true });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    admin = await claimAndSignIn(server, page);
    await admin.send('POST', '/api/v1/buckets', { name: 'office', versioning: true });
    for (const body of ['first', 'second version', 'third']) await put('docs/report.txt', body);
    await put('docs/large.bin', 'x'.repeat(5000));
    await put('docs/small.pdf', 'x');
    await put('docs/2026/invoice march.pdf', 'x'.repeat(30));
    await put('docs/2026/photo.jpg', 'x'.repeat(40));
    await put('odd//inner/100%.txt', 'x');
    await put('odd/../up.txt', 'x');
    await put('odd/a\tb\u202egpj.exe', 'x');
    await put('docs/gone.txt', 'back again');
    await s3.send(new DeleteObjectCommand({ Bucket: 'office', Key: 'docs/gone.txt' }));
    await Promise.all(Array.from({ length: 20 }, (_, i) => putMany(i)));
  });
  after(async () => {
    await browser?.close();
    s3?.destroy();
    await server?.stop();
  });

  const put = (key: string, body: string) => s3.send(new PutObjectCommand({ Bucket: 'office', Key: key, Body: body }));
  const putMany = async (lane: number) => {
    for (let i = lane; i < 600; i += 20) await put(`many/${String(i).padStart(4, '0')}.txt`, 'x'.repeat(i));
  };
  const row = (name: string | RegExp) => page.getByRole('row', { name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const names = async () => {
    const rows = await page
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
      .all();
    return Promise.all(rows.map(async (one) => (await one.getByRole('gridcell').nth(1).innerText()).trim()));
  };
  const open = (path: string) => page.goto(`${server.consoleUrl}/files/office/${path}`);

  it('sorts by size from its head; the address keeps it over a reload and Back', async () => {
    await open('docs');
    await row('report.txt').waitFor();
    await page.getByRole('button', { name: 'Size' }).click();
    await page.waitForURL(/sort=size/);
    await page.getByRole('columnheader', { name: 'Size' }).and(page.locator('[aria-sort=descending]')).waitFor();
    assert.deepEqual(await names(), ['2026', 'large.bin', 'report.txt', 'small.pdf']);
    await page.reload();
    await row('report.txt').waitFor();
    assert.deepEqual(await names(), ['2026', 'large.bin', 'report.txt', 'small.pdf']);
    await row('2026').click();
    await row('photo.jpg').waitFor();
    await page.goBack();
    await row('report.txt').waitFor();
    assert.deepEqual((await names())[1], 'large.bin');
  });

  it('searches behind the folder, by type too, and everywhere', async () => {
    await open('docs');
    await page.getByRole('searchbox', { name: 'Search in docs/' }).fill('MARCH');
    await row('2026/invoice march.pdf').waitFor();
    assert.deepEqual(await survey(page, 'files-search'), []);
    await button('Filter').click();
    await page.getByRole('combobox', { name: 'Type' }).selectOption('image');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    // What react-aria puts around a popover is in no landmark.
    const found = await survey(page, 'files-filter');
    assert.deepEqual(
      found.filter((text) => !text.includes('region (moderate)')),
      [],
    );
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('');
    await row('2026/photo.jpg').waitFor();
    await page.reload();
    await row('2026/photo.jpg').waitFor();
    await page.goto(`${server.consoleUrl}/search?q=invoice`);
    await row(/office .*invoice march\.pdf/).waitFor();
    assert.deepEqual(await survey(page, 'search'), []);
    await row(/invoice march/).click();
    await page.getByRole('complementary', { name: 'Details of invoice march.pdf' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/files/office/docs/2026');
  });

  it('goes into folders of any name, and shows what cannot be seen', async () => {
    await open('odd');
    await row('a␉b⟨U+202E⟩gpj.exe').waitFor();
    await row('..').click();
    await row('up.txt').waitFor();
    await page.goBack();
    await row(/^\/|Select \//).click();
    await row('inner').click();
    await row('100%.txt').waitFor();
    await page.reload();
    await row('100%.txt').waitFor();
    await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').nth(2).click();
    await row('a␉b⟨U+202E⟩gpj.exe').waitFor();
  });

  it('shows and edits tags and metadata of a file', async () => {
    await open('docs?item=file%3Adocs%2Freport.txt');
    const details = page.getByRole('complementary', { name: 'Details of report.txt' });
    await details.getByText('s3://office/docs/report.txt').waitFor();
    await details.getByRole('button', { name: 'Edit Tags' }).click();
    await details.getByRole('button', { name: 'Add tag' }).click();
    await details.getByRole('textbox', { name: 'Tag' }).fill('case');
    await details.getByRole('textbox', { name: 'Value of case' }).fill('42');
    await details.getByRole('button', { name: 'Save' }).click();
    await details.getByText('case = 42').waitFor();
    await details.getByRole('button', { name: 'Edit Type and metadata' }).click();
    await details.getByLabel('content-language').fill('de');
    assert.deepEqual(await survey(page, 'files-metadata'), []);
    await details.getByRole('button', { name: 'Save' }).click();
    await details.getByText('content-language').waitFor();
    assert.deepEqual(await survey(page, 'files-details'), []);
  });

  it('restores a version, and deletes one for good in words', async () => {
    const details = page.getByRole('complementary', { name: 'Details of report.txt' });
    await details.getByRole('tab', { name: 'Versions' }).click();
    await page.waitForURL(/tab=versions/);
    const versions = details.getByRole('listitem');
    await versions.nth(3).waitFor();
    assert.equal(await versions.count(), 4);
    assert.deepEqual(await survey(page, 'files-versions'), []);
    await versions
      .filter({ hasText: '14 B' })
      .getByRole('button', { name: /Restore/ })
      .click();
    await page.getByText('1 file restored').waitFor();
    await versions.first().filter({ hasText: '14 B' }).filter({ hasText: 'current' }).waitFor();
    await versions
      .last()
      .getByRole('button', { name: /Delete version/ })
      .click();
    await page.getByText('The content of this version is lost. 4 other versions stay.').waitFor();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await versions.nth(4).waitFor({ state: 'detached' });
    assert.equal(await versions.count(), 4);
  });

  it('brings a deleted file back', async () => {
    await open('docs');
    await button('Deleted').click();
    await row('gone.txt').getByRole('checkbox').check();
    assert.deepEqual(await survey(page, 'files-deleted'), []);
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Bring back' }).click();
    await page.getByText('1 file restored').last().waitFor();
    await button('Deleted').click();
    await row('gone.txt').waitFor();
  });

  it('is used by keys alone', async () => {
    await open('many');
    await row('0000.txt').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await row('0599.txt').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.getByText('600 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Tags' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.getByRole('complementary', { name: /Details of/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('complementary', { name: /Details of/ }).waitFor();
    await page.keyboard.press('Backspace');
    await row('docs').waitFor();
  });

  it('tags a selection', async () => {
    await open('many');
    await row('0001.txt').getByRole('checkbox').check();
    await row('0003.txt').getByRole('checkbox').click({ modifiers: [] });
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Tags' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Tag' }).first().fill('batch');
    assert.deepEqual(await survey(page, 'files-tag-dialog'), []);
    await dialog.getByRole('button', { name: 'Save tags' }).click();
    await page.getByText('Tags of 2 files changed').waitFor();
    await open('many?tag=batch');
    await row('0003.txt').waitFor();
    assert.deepEqual(await names(), ['0001.txt', '0003.txt']);
  });

  it('tells a user who may not see the bucket so, in words', async () => {
    const added = await admin.send('POST', '/api/v1/people', { name: 'rita', role: 'readonly', password: PASSWORD });
    assert.equal(added.status, 201);
    const other = await browser.newPage({ locale: 'en-GB' });
    // Signing in goes on to what was asked for.
    await other.goto(`${server.consoleUrl}/files/office/docs`);
    await other.getByLabel('User name').fill('rita');
    await other.getByLabel('Password').fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByText('You do not have the right to do this.').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Upload files' }).count(), 0);
    assert.deepEqual(await survey(other, 'files-denied'), []);
    await other.close();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
