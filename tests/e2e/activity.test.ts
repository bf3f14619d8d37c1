import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LeanClient } from '../support/lean-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

describe('activity in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let client: LeanClient;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    client = new LeanClient(server.s3Url, server.rootCredentials);
    await signInThrough(page, server);
  });
  after(async () => {
    client?.close();
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const ask = (path: string) => client.request({ method: 'GET', path, headers: { 'user-agent': 'rclone/v1.60.1' } });

  it('requests appear as they are answered, and stand still while paused', async () => {
    await page.goto(`${server.consoleUrl}/activity`);
    await page.getByText('No S3 request since the server started').waitFor();
    await client.request({ method: 'PUT', path: '/office' });
    await page.getByRole('button', { name: '/office', exact: true }).waitFor();
    await button('Pause').click();
    await ask('/office/while-paused');
    await page.getByText('1 new').waitFor();
    assert.equal(await page.getByText('/office/while-paused').count(), 0);
    await button('Go on').click();
    await page.getByText('/office/while-paused').waitFor();
    for (let i = 0; i < 30; i += 1) await ask(`/office/folder/a-file-with-a-long-name-${i}.pdf`);
    await page.getByText('long-name-29').waitFor();
    assert.deepEqual(await survey(page, 'activity-requests'), []);
  });

  it('filters, keeps the filter in the address, and opens one with all that is known of it', async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('while-paused');
    await page.waitForURL(/filter=while-paused/);
    await page.getByRole('button', { name: '/office/while-paused' }).click();
    const detail = page.getByRole('complementary', { name: 'Request' });
    await detail.getByText('NoSuchKey').waitFor();
    await detail.getByText('rclone 1.60.1').waitFor();
    await detail.getByText(server.rootCredentials.accessKeyId).waitFor();
    await detail.getByText(/curl --fail-with-body --aws-sigv4/).waitFor();
    assert.deepEqual(await survey(page, 'activity-request'), []);
    await page.reload();
    await detail.getByText('rclone 1.60.1').waitFor();
    assert.equal(await page.getByRole('row').count(), 2);
    await detail.getByRole('button', { name: 'Close' }).click();
    await detail.waitFor({ state: 'detached' });
  });

  it('tells who changed what and who was refused what, by filters, and as CSV', async () => {
    const stranger = await fetch(`${server.s3Url}/office/secret-plan.pdf`);
    assert.equal(stranger.status, 403);
    await page.goto(`${server.consoleUrl}/activity?tab=audit`);
    await page.getByText('root created the bucket office').waitFor();
    await page.getByText('anna signed in').first().waitFor();
    assert.deepEqual(await survey(page, 'activity-audit'), []);
    await page.getByRole('searchbox', { name: 'Action' }).fill('CreateBucket');
    await page.getByText('anna signed in').first().waitFor({ state: 'detached' });
    const waiting = page.waitForEvent('download');
    await button('Export CSV').click();
    const file = await (await waiting).path();
    const lines = readFileSync(file, 'utf8').trim().split('\r\n');
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /,root,.*s3:CreateBucket,arn:aws:s3:::office,s3,/);
    await page.getByRole('searchbox', { name: 'Action' }).fill('');
    await page.getByLabel('Show').selectOption('Refused requests');
    await page.getByText('anonymous was refused s3:GetObject on office/secret-plan.pdf').waitFor();
    assert.deepEqual(await survey(page, 'activity-audit-denied'), []);
  });

  it('shows the log with its levels', async () => {
    await page.getByRole('tab', { name: 'Live log' }).click();
    await page.waitForURL(/tab=log/);
    await page.getByText('catalogue and log are open').waitFor();
    assert.deepEqual(await survey(page, 'activity-log'), []);
    await page.getByLabel('Level').selectOption('error');
    await page.getByText('No line matches.').waitFor();
  });

  it('shows the jobs and runs one', async () => {
    await page.getByRole('tab', { name: 'Jobs' }).click();
    await page.getByText('Collects what nobody can reach any more').waitFor();
    assert.deepEqual(await survey(page, 'activity-jobs'), []);
    await button('Run now: release-segments').click();
    await page.getByText('release-segments runs now').waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
