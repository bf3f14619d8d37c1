import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

describe('bucket settings in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let client: S3Client;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    client = new S3Client({
      endpoint: server.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: server.rootCredentials,
    });
    await signInThrough(page, server);
  });
  after(async () => {
    client?.destroy();
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const line = (name: string) => page.getByRole('region', { name, exact: true });
  const change = (name: string) => line(name).getByRole('button', { name: 'Change' }).click();
  const save = (name: string) => line(name).getByRole('button', { name: 'Save' }).click();

  it('makes a bucket for what it is for, and says what that sets', async () => {
    await page.goto(`${server.consoleUrl}/buckets`);
    await button('Create bucket').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('veeam-office');
    await dialog.getByText('Backups', { exact: true }).click();
    await dialog.getByText('Veeam', { exact: true }).click();
    await dialog.getByText('Turns on versions, Object Lock and the Smart Object Storage API').waitFor();
    assert.deepEqual(await survey(page, 'bucket-presets'), []);
    await dialog.getByText('Office files').click();
    await dialog.getByLabel('Name').fill('office');
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    await page.getByRole('link', { name: 'Settings of office' }).click();
    await page.getByText('is kept as an older version').waitFor();
    await page.getByText('encrypted on the disk (AES-256)').waitFor();
  });

  it('suspends versions and turns encryption off in place', async () => {
    await change('Versions');
    assert.deepEqual(await survey(page, 'bucket-versions-form'), []);
    await line('Versions').getByText('Suspend', { exact: true }).click();
    await save('Versions');
    await line('Versions').getByText('Suspended: older versions stay').waitFor();
    await change('Encryption');
    await line('Encryption').getByText('Do not encrypt').click();
    await save('Encryption');
    await line('Encryption').getByText('is not encrypted').waitFor();
    await line('History').getByText('anna suspended versioning').waitFor();
  });

  it('undoes the latest change of a setting from the history', async () => {
    await button('Undo: anna suspended versioning').click();
    await line('Versions').getByText('is kept as an older version').waitFor();
    await line('History').getByText('anna turned versioning on').waitFor();
  });

  it('edits rules for web pages and tags', async () => {
    await change('Web pages');
    await save('Web pages');
    await line('Web pages').getByText('At least one address').waitFor();
    assert.deepEqual(await survey(page, 'bucket-cors-form'), []);
    await line('Web pages').getByLabel('Addresses of pages').fill('https://app.example.com');
    await line('Web pages').getByText('PUT', { exact: true }).click();
    await save('Web pages');
    await line('Web pages').getByText('Web pages of https://app.example.com may GET, PUT, HEAD.').waitFor();
    await line('Web pages').getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await change('Tags');
    await line('Tags').getByLabel('Key').fill('team');
    await line('Tags').getByLabel('Value').fill('office');
    await save('Tags');
    await line('Tags').getByText('team = office').waitFor();
  });

  it('shows what S3 changed without a reload', async () => {
    const Tagging = { TagSet: [{ Key: 'by', Value: 's3' }] };
    await client.send(new PutBucketTaggingCommand({ Bucket: 'office', Tagging }));
    await line('Tags').getByText('by = s3').waitFor();
    await line('History').getByText('root set 1 tag').waitFor();
  });

  it('shows usage that adds up and rehearses the cleaning of uploads', async () => {
    const Bucket = 'office';
    for (const Body of ['one', 'another', 'x'.repeat(90_000)]) {
      await client.send(new PutObjectCommand({ Bucket, Key: 'plan.txt', Body }));
    }
    await client.send(new PutObjectCommand({ Bucket, Key: 'old.txt', Body: 'y'.repeat(40_000) }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'old.txt' }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'film.mov' }));
    const Body = 'z'.repeat(30_000);
    await client.send(new UploadPartCommand({ Bucket, Key: 'film.mov', UploadId, PartNumber: 1, Body }));
    await page.reload();
    await line('Usage').getByRole('row', { name: 'Together 160 kB' }).waitFor();
    await line('Usage').getByRole('row', { name: 'Older versions 3 40 kB' }).waitFor();
    await line('Usage').getByRole('row', { name: 'Delete markers 1 0 B' }).waitFor();
    await line('Usage').getByRole('button', { name: 'Clean up uploads' }).click();
    await line('Usage').getByText('There is none that old.').waitFor();
    assert.equal(await line('Usage').getByRole('button', { name: /^End/ }).isDisabled(), true);
    assert.deepEqual(await survey(page, 'bucket'), []);
    assert.deepEqual(await survey(page, 'bucket-whole', 1500), []);
  });

  it('is deleted by its name only, and not while something is in it', async () => {
    await line('Delete').getByRole('button', { name: 'Delete bucket' }).click();
    const confirm = line('Delete').getByRole('button', { name: 'Delete bucket' });
    assert.equal(await confirm.isDisabled(), true);
    await line('Delete').getByRole('textbox').fill('office');
    await confirm.click();
    await line('Delete').getByText('There is still something in it.').waitFor();
    await page.goto(`${server.consoleUrl}/buckets/nothing-here`);
    await page.getByText('There is no bucket of this name').waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
