import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

describe('connecting a program, in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const clients: S3Client[] = [];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await signInThrough(page, server);
  });
  after(async () => {
    for (const client of clients) client.destroy();
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const clientWith = (accessKeyId: string, secretAccessKey: string, region = 'us-east-1') => {
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint: server.s3Url, region, forcePathStyle: true, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  const factOf = async (name: string) =>
    (await page.locator('dt', { hasText: name }).first().locator('xpath=following-sibling::dd').innerText()).trim();

  it('says what to do where there is no bucket', async () => {
    await page.goto(`${server.consoleUrl}/connect`);
    await page.getByRole('heading', { name: 'No bucket to connect to' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Buckets' }).click();
    await button('Create bucket').click();
    await page.getByRole('dialog').getByLabel('Name').fill('office');
    await page.getByRole('dialog').getByRole('button', { name: 'Create bucket' }).click();
    await page.getByRole('link', { name: 'office', exact: true }).waitFor();
  });

  it('fills snippets with the endpoint, and with a key that it makes', async () => {
    await page.getByRole('link', { name: 'Connect' }).click();
    assert.equal(await factOf('Endpoint'), server.s3Url);
    await page.getByText('YOUR-SECRET-KEY').first().waitFor();
    await button('Create access key').click();
    await page.getByText('Secret key, shown this once').waitFor();
    const secret = await factOf('Secret key');
    await page.getByText(`export AWS_SECRET_ACCESS_KEY=${secret}`).waitFor();
    assert.deepEqual(await survey(page, 'connect'), []);
    for (const tool of ['Veeam', 'Cyberduck', 'restic', 'Duplicati']) {
      await page.getByText(tool, { exact: true }).click();
      await page
        .getByText(tool === 'Cyberduck' ? 'Stowage.cyberduckprofile' : secret)
        .first()
        .waitFor();
    }
    await page.getByText('Veeam', { exact: true }).click();
    assert.deepEqual(await survey(page, 'connect-veeam', 1500), []);
  });

  it('hears the program, and says in a sentence what stands in its way', async () => {
    const key = await factOf('Access key');
    const secret = await factOf('Secret key');
    const contact = page.getByRole('region', { name: 'First contact' });
    await contact.getByText('Listening for the program.').waitFor();
    await assert.rejects(clientWith(key, 'wrong').send(new ListObjectsV2Command({ Bucket: 'office' })));
    await contact.getByText(`for key …${key.slice(-4)} is wrong.`).waitFor();
    await contact.getByRole('button', { name: 'New key' }).waitFor();
    assert.deepEqual(await survey(page, 'connect-problem', 1500), []);
    const client = clientWith(key, secret);
    await client.send(new ListObjectsV2Command({ Bucket: 'office' }));
    await contact.getByText('is wrong.').waitFor({ state: 'detached' });
    await contact.getByRole('listitem').filter({ hasText: 'First object stored' }).getByText('not yet').waitFor();
    await client.send(new PutObjectCommand({ Bucket: 'office', Key: 'a', Body: 'b' }));
    await contact.getByText('not yet').first().waitFor({ state: 'detached' });
  });

  it('tests itself by real requests', async () => {
    await button('Run self-test').click();
    await page.getByText('All works.').waitFor();
    await page.getByText('Upload in parts').waitFor();
    assert.deepEqual(await survey(page, 'self-test', 1800), []);
  });

  it('stands on the page of the bucket too', async () => {
    await page.goto(`${server.consoleUrl}/buckets/office`);
    await button('How to connect').click();
    await page.getByText('aws --endpoint-url').first().waitFor();
    assert.deepEqual(await survey(page, 'bucket-connect'), []);
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
