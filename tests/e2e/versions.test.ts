import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
const Bucket = 'office';
const OLD_NOTE = Array.from({ length: 40 }, (_, line) => `Paragraph ${line + 1} of the agreement.`);
const NEW_NOTE = OLD_NOTE.with(11, 'Paragraph 12 was changed in March.').toSpliced(30, 2);

describe('versions and times in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let client: S3Client;
  let complaints: string[];
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
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    for (const name of ['INV-0231.pdf', 'INV-0232.pdf', 'april/INV-0300.pdf']) await put(`2026/${name}`, `old ${name}`);
    await put('2026/agreement.txt', OLD_NOTE.join('\n'));
    await put('2026/logo.png', await picture('#c33'));
    // Moments that a person can tell apart.
    await sleep(1100);
    await put('2026/agreement.txt', NEW_NOTE.join('\n'));
    await put('2026/logo.png', await picture('#36c'));
    await sleep(1100);
    await client.send(new DeleteObjectCommand({ Bucket, Key: '2026/INV-0231.pdf' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: '2026/april/INV-0300.pdf' }));
    await put('2026/summary.txt', 'written later');
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
  });
  after(async () => {
    await browser?.close();
    client?.destroy();
    await server?.stop();
  });

  const put = (Key: string, Body: string | Buffer) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const picture = (background: string) =>
    sharp({ create: { width: 480, height: 320, channels: 3, background } })
      .png()
      .toBuffer();
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const row = (name: string | RegExp) => page.getByRole('row', { name });
  const dialog = () => page.getByRole('dialog');
  const keys = async () => (await client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key);
  const openVersions = async (name: string) => {
    const item = encodeURIComponent(`file:2026/${name}`);
    await page.goto(`${server.consoleUrl}/files/${Bucket}/2026?item=${item}&tab=versions`);
    await page.getByRole('list', { name: 'Versions' }).waitFor();
  };

  it('shows the very version that is pressed, and the others by the arrow keys', async () => {
    await openVersions('agreement.txt');
    found.push(...(await survey(page, 'versions')));
    await button(/^Preview version/)
      .last()
      .press('Space');
    await dialog().getByText('Paragraph 12 of the agreement.').waitFor();
    found.push(...(await survey(page, 'version-preview')));
    await page.keyboard.press('ArrowLeft');
    await dialog().getByText('Paragraph 12 was changed in March.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('compares two versions of a text by their lines, and two pictures side by side', async () => {
    await button(/^Compare version/).click();
    await dialog().getByText('1 line added').waitFor();
    await dialog().getByText('3 lines removed').waitFor();
    found.push(...(await survey(page, 'compare-text')));
    await dialog().getByRole('button', { name: 'Close' }).click();
    await openVersions('logo.png');
    await button(/^Compare version/).click();
    await dialog().getByText('480 × 320').nth(1).waitFor();
    found.push(...(await survey(page, 'compare-images')));
    await page.keyboard.press('Escape');
  });

  it('shows a folder as it was, by the slider and by the clock; the address keeps it', async () => {
    await page.goto(`${server.consoleUrl}/files/${Bucket}/2026`);
    await row('summary.txt').waitFor();
    found.push(...(await survey(page, 'versioned-folder')));
    await button('As it was').click();
    await page.getByText(/^As it was on/).waitFor();
    await row(/summary\.txt/).waitFor();
    const slider = page.getByRole('slider', { name: 'Moment of change' });
    await slider.focus();
    await slider.press('Home');
    await row(/summary\.txt/).waitFor({ state: 'detached' });
    // The first moment has only the first file; the end of the first second has them all.
    const first = page.url();
    await button('The next change').click();
    await page.waitForURL((url) => url.href !== first);
    const at = Number(new URL(page.url()).searchParams.get('at'));
    await page.goto(`${server.consoleUrl}/files/${Bucket}/2026?at=${at + 900}`);
    await row(/INV-0231\.pdf/).waitFor();
    await row(/april/).waitFor();
    await row(/agreement\.txt.*Changed or deleted/).waitFor();
    await row(/INV-0232\.pdf.*As it is now/).waitFor();
    found.push(...(await survey(page, 'as-of')));
    await button('agreement.txt').first().click();
    await dialog().getByText('Paragraph 12 of the agreement.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await button('april').first().click();
    await row(/INV-0300\.pdf/).waitFor();
    await page.reload();
    await row(/INV-0300\.pdf/).waitFor();
    await page.goBack();
    await row(/INV-0231\.pdf/).waitFor();
  });

  it('restores a selection, says before what will happen, and takes it back', async () => {
    await page.getByRole('checkbox', { name: 'Select INV-0231.pdf' }).check();
    await page.getByRole('checkbox', { name: 'Select april' }).check();
    found.push(...(await survey(page, 'as-of-selected')));
    await button('Restore selection').click();
    await dialog().getByText('Come back as they were').waitFor();
    found.push(...(await survey(page, 'rewind')));
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await page.getByText('2 files are as they were').waitFor();
    assert.ok((await keys())?.includes('2026/INV-0231.pdf'));
    assert.ok((await keys())?.includes('2026/april/INV-0300.pdf'));
    // Back in the present, where the restored files stand.
    await row('INV-0231.pdf').waitFor();
    await button('Undo').click();
    await page.getByText('Taken back').waitFor();
    assert.ok((await keys())?.includes('2026/INV-0231.pdf') === false);
  });

  it('takes the whole folder back exactly', async () => {
    await page.goBack();
    await row(/INV-0231\.pdf/).waitFor();
    await button('Restore whole folder').click();
    await dialog().getByRole('radio', { name: 'Delete them' }).check({ force: true });
    await dialog().getByText('Newer, are deleted').waitFor();
    found.push(...(await survey(page, 'rewind-exact')));
    await dialog().getByRole('button', { name: 'Restore' }).click();
    await page.getByText('5 files are as they were').waitFor();
    const names = ['INV-0231.pdf', 'INV-0232.pdf', 'agreement.txt', 'april/INV-0300.pdf', 'logo.png'];
    assert.deepEqual(
      await keys(),
      names.map((name) => `2026/${name}`),
    );
    const note = await client.send(new GetObjectCommand({ Bucket, Key: '2026/agreement.txt' }));
    assert.equal(await note.Body?.transformToString(), OLD_NOTE.join('\n'));
    await page.goto(`${server.consoleUrl}/operations`);
    await page
      .getByText(/^Bring 2026 back as of/)
      .first()
      .waitFor();
  });

  it('meets WCAG AA everywhere and complains of nothing', () => {
    assert.deepEqual(found, []);
    assert.deepEqual(complaints, []);
  });
});
