import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

describe('access to a bucket in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
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
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByRole('button', { name: 'Create bucket' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('downloads');
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    await dialog.waitFor({ state: 'detached' });
    await client.send(new PutObjectCommand({ Bucket: 'downloads', Key: 'a.txt', Body: 'x'.repeat(60_000) }));
    await page.goto(`${server.consoleUrl}/buckets/downloads`);
  });
  after(async () => {
    client?.destroy();
    await browser?.close();
    await server?.stop();
  });

  const line = (name: string) => page.getByRole('region', { name, exact: true });
  const press = (name: string, action: string) => line(name).getByRole('button', { name: action, exact: true }).click();
  const statusOf = async (key: string) => (await fetch(`${server.s3Url}/downloads/${key}`)).status;

  it('says at once what a policy would do, and takes none that opens what is closed', async () => {
    await line('Public access').getByText('Blocked: no policy and no ACL').waitFor();
    await press('Policy', 'Add');
    await line('Policy').getByLabel('Begin with').selectOption('Everybody may read');
    await press('Policy', 'Put in');
    await line('Policy').getByText('public policies are refused here').waitFor();
    assert.equal(await line('Policy').getByRole('button', { name: 'Save' }).isDisabled(), true);
    await line('Policy').getByLabel('Policy (JSON)').fill('{"Version":"2012-10-17","Statement":[{}]}');
    await line('Policy').getByText('Not a policy for this bucket').waitFor();
    assert.deepEqual(await survey(page, 'access-policy-form', 1800), []);
    await press('Policy', 'Cancel');
  });

  it('opens a bucket to everybody in two steps, and says so loudly', async () => {
    await press('Public access', 'Change');
    await line('Public access').getByText('Refuse a new policy that is public').click();
    await line('Public access').getByText('Of a public policy, let only the own account profit').click();
    assert.deepEqual(await survey(page, 'access-switches', 1500), []);
    await press('Public access', 'Save');
    await line('Public access').getByText('A public policy counts for everybody.').waitFor();
    assert.equal(await statusOf('a.txt'), 403);
    await press('Policy', 'Add');
    await line('Policy').getByLabel('Begin with').selectOption('Everybody may read');
    await press('Policy', 'Put in');
    await line('Policy').getByText('makes the bucket public').waitFor();
    await press('Policy', 'Save');
    await line('Policy').getByText('Everybody may s3:GetObject.').waitFor();
    await line('Public access').getByText('Public through its policy').waitFor();
    assert.equal(await statusOf('a.txt'), 200);
  });

  it('shows what a change of the policy does before it is saved', async () => {
    await press('Policy', 'Change');
    const field = line('Policy').getByLabel('Policy (JSON)');
    await field.fill((await field.inputValue()).replace('"s3:GetObject"', '["s3:GetObject", "s3:GetObjectVersion"]'));
    await line('Policy').getByText('What changes').waitFor();
    await line('Policy').getByText('makes the bucket public').waitFor();
    assert.deepEqual(await survey(page, 'access-policy-diff', 2000), []);
    await press('Policy', 'Save');
    await line('Policy').getByText('s3:GetObject, s3:GetObjectVersion').waitFor();
  });

  it('is made private with one press', async () => {
    await press('Public access', 'Make private');
    await line('Public access').getByText('Blocked: no policy and no ACL').waitFor();
    assert.equal(await statusOf('a.txt'), 403);
  });

  it('is limited, and says how far the limit is used', async () => {
    await press('Limit', 'Set');
    await line('Limit').getByLabel('Size at most').fill('0,1');
    await line('Limit').getByLabel('Unit').selectOption('MB');
    await line('Limit').getByLabel('Objects at most').fill('1');
    assert.deepEqual(await survey(page, 'access-quota-form', 1500), []);
    await press('Limit', 'Save');
    await line('Limit').getByText('60 kB of 100 kB used.').waitFor();
    await line('Limit').getByText('Bucket limit of 1 object reached.').waitFor();
    assert.deepEqual(await survey(page, 'access-bucket', 1800), []);
  });

  it('is locked for good by its name, which versions then are too', async () => {
    await press('Object Lock', 'Turn on');
    await line('Object Lock').getByText('Is kept (governance)').click();
    await line('Object Lock').getByLabel('Keep for').fill('7');
    const turnOn = line('Object Lock').getByRole('button', { name: 'Turn on for good' });
    assert.equal(await turnOn.isDisabled(), true);
    await line('Object Lock').getByLabel('Type downloads').fill('downloads');
    assert.deepEqual(await survey(page, 'access-lock-form', 1500), []);
    await turnOn.click();
    await line('Object Lock').getByText('each new version is kept for 7 days').waitFor();
    await line('Versions').getByText('Object Lock needs that').waitFor();
    assert.equal(await line('Versions').getByRole('button', { name: 'Change' }).count(), 0);
    await line('History').getByText('anna changed Object Lock').waitFor();
  });

  it('says in the details of a file until when it is kept, and who can read it and why', async () => {
    await page.goto(`${server.consoleUrl}/files/downloads`);
    await page.getByRole('row', { name: /a\.txt/ }).click();
    await page.keyboard.press('i');
    await page.getByText('Not locked: it can be deleted for good.').waitFor();
    await page.getByRole('button', { name: 'Set hold' }).click();
    await page.getByText('On legal hold').waitFor();
    await page.getByRole('button', { name: 'Edit Object Lock' }).click();
    await page.getByLabel('Keep until').fill('2040-02-03');
    await page.getByText('Is kept (compliance)').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Kept until .*2040 by compliance lock/).waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page
      .getByText(/ lets them\.$/)
      .first()
      .waitFor();
    assert.deepEqual(await survey(page, 'access-file', 1300), []);
  });

  it('makes an immutable bucket for restic', async () => {
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByRole('button', { name: 'Create bucket' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('restic-kept');
    await dialog.getByText('Backups', { exact: true }).click();
    await dialog.getByText('Immutable: nobody can delete backups').click();
    assert.deepEqual(await survey(page, 'access-immutable'), []);
    await dialog.getByRole('button', { name: 'Create bucket' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${server.consoleUrl}/buckets/restic-kept`);
    await line('Object Lock').getByText('kept for 30 days; nobody deletes it').waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
