import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { stepAt, totpCode } from '../../src-server/services/second-factor/totp.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator app shows for a secret as text. */
function codeOfApp(text: string, steps = 0): string {
  const bits = [...text].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpCode(Buffer.from(bytes), stepAt(Date.now()) + steps);
}

describe('people and keys in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const pages: BrowserContext[] = [];
  const open = async () => {
    const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    pages.push(context);
    const opened = await context.newPage();
    opened.setDefaultTimeout(15_000);
    return opened;
  };
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await open();
    complaints = complaintsOf(page);
    await signInThrough(page, server);
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByRole('heading', { name: 'No buckets yet' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const button = (name: string | RegExp, on: Page = page) => on.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');

  it('creates a key that a program can use, and shows its secret this once', async () => {
    await page.goto(`${server.consoleUrl}/account`);
    await page.getByRole('heading', { name: 'Access keys' }).waitFor();
    assert.deepEqual(await survey(page, 'account'), []);
    await button('Create key').click();
    await dialog().getByLabel('What is it for?').fill('restic on the laptop');
    assert.deepEqual(await survey(page, 'create-key'), []);
    await dialog().getByRole('button', { name: 'Create key' }).click();
    await dialog().getByText('shown now and never again').waitFor();
    assert.deepEqual(await survey(page, 'key-secret'), []);
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([page.waitForEvent('download'), button('Save as JSON').click()]);
    const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
    const { accessKeyId, secretAccessKey, endpoint, region } = saved;
    const client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    });
    await client.send(new ListBucketsCommand({}));
    client.destroy();
    await button('I have stored it').click();
    await page.getByText('restic on the laptop').waitFor();
    assert.ok(!(await page.content()).includes(secretAccessKey));
    await page
      .getByText('aws-sdk-js')
      .waitFor({ timeout: 15_000 })
      .catch(() => page.reload());
    await page.getByText('aws-sdk-js').waitFor();
  });

  it('narrows a key, and shows that it is', async () => {
    await page
      .getByRole('button', { name: /Actions for key/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Edit key' }).click();
    await dialog().getByText('A policy of your own').click();
    await dialog().getByLabel('Policy', { exact: true }).fill('{}');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByRole('alert').waitFor();
    await dialog().getByText('Read only').click();
    await dialog().getByLabel('Where it may come from').fill('127.0.0.0/8, ::1');
    assert.deepEqual(await survey(page, 'edit-key'), []);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByText(/limited · 127\.0\.0\.0\/8, ::1/).waitFor();
  });

  it('disables a key and rotates another', async () => {
    const actions = page.getByRole('button', { name: /Actions for key/ });
    await actions.first().click();
    await page.getByRole('menuitem', { name: 'Rotate key' }).click();
    await dialog().getByRole('button', { name: 'Rotate key' }).click();
    await button('I have stored it').click();
    assert.equal(await actions.count(), 2);
    await actions.first().click();
    await page.getByRole('menuitem', { name: 'Disable key' }).click();
    await page.getByText('Disabled').waitFor();
    assert.deepEqual(await survey(page, 'account-keys'), []);
  });

  it('invites a colleague, who chooses a password and is in', async () => {
    await page.getByRole('link', { name: 'People & keys' }).first().click();
    await button('Invite person').click();
    await dialog().getByLabel('User name').fill('bert');
    await dialog().getByLabel('Full name').fill('Bert Berg');
    assert.deepEqual(await survey(page, 'invite-form'), []);
    await dialog().getByRole('button', { name: 'Make invite link' }).click();
    const link = dialog().getByText(/\/invite#/);
    await link.waitFor();
    await dialog().getByRole('img', { name: 'The link as a QR code' }).waitFor();
    assert.deepEqual(await survey(page, 'invite-link'), []);
    const address = (await link.textContent()) ?? '';
    await button('Done').click();
    const theirs = await open();
    await theirs.goto(address);
    await theirs.getByRole('heading', { name: 'Welcome, Bert Berg' }).waitFor();
    assert.deepEqual(await survey(theirs, 'invite'), []);
    await theirs.getByLabel('New password').fill(PASSWORD);
    await button('Set password and sign in', theirs).click();
    await theirs.getByRole('heading', { name: 'Nothing for you yet' }).waitFor();
    assert.equal(await theirs.getByRole('link', { name: 'People & keys' }).count(), 0);
    await theirs.goto(`${server.consoleUrl}/people`);
    await theirs.getByText('You do not have the right to do this').waitFor();
    assert.deepEqual(await survey(theirs, 'people-denied'), []);
    await theirs.goto(address);
    await theirs.getByRole('heading', { name: 'This link is no longer good' }).waitFor();
    assert.deepEqual(await survey(theirs, 'invite-gone'), []);
    await theirs.goto(`${server.consoleUrl}/account`);
    await theirs.getByText('This one').waitFor();
  });

  it('shows a person, changes the role and signs them out at once', async () => {
    await button(/Bert Berg/).click();
    await page.getByRole('heading', { name: 'Bert Berg' }).waitFor();
    await page.getByText('127.0.0.1', { exact: false }).first().waitFor();
    assert.deepEqual(await survey(page, 'people'), []);
    await page.getByRole('complementary').getByRole('button', { name: 'Edit' }).click();
    await dialog().getByText('Reader').click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Bert Berg.*Reader/ }).waitFor();
    await button('Disable').click();
    await dialog().getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('row', { name: /Bert Berg.*Disabled/ }).waitFor();
    const theirs = pages[1]?.pages()[0] ?? assert.fail();
    await theirs.reload();
    await theirs.getByRole('heading', { name: 'Sign in' }).waitFor();
    await button('Delete person').click();
    await dialog().getByLabel('Type bert to delete them').fill('bert');
    assert.deepEqual(await survey(page, 'delete-person'), []);
    await dialog().getByRole('button', { name: 'Delete person' }).click();
    await page.getByRole('row', { name: /Bert Berg/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'All keys' }).click();
    await page.getByText('restic on the laptop').first().waitFor();
    assert.deepEqual(await survey(page, 'keys'), []);
  });

  it('turns the second factor on, and signs in with a code of the app', async () => {
    await page.goto(`${server.consoleUrl}/account`);
    await button('Turn on').click();
    await dialog().getByLabel('Password').fill(PASSWORD);
    await button('Next').click();
    const secret =
      (await dialog()
        .getByText(/^[A-Z2-7]{32}$/)
        .textContent()) ?? '';
    await dialog()
      .getByRole('img', { name: /QR code/ })
      .waitFor();
    assert.deepEqual(await survey(page, 'second-factor'), []);
    await dialog().getByRole('textbox', { name: 'Code' }).fill('000000');
    await dialog().getByRole('button', { name: 'Turn on' }).click();
    await dialog().getByText('Password or code is wrong.').waitFor();
    await dialog().getByRole('textbox', { name: 'Code' }).fill(codeOfApp(secret, -1));
    await dialog().getByRole('button', { name: 'Turn on' }).click();
    await dialog().getByText('each works once').waitFor();
    assert.equal(await dialog().getByRole('listitem').count(), 10);
    assert.deepEqual(await survey(page, 'recovery-codes'), []);
    await button('I have stored them').click();
    await page.getByText('10 recovery codes are left').waitFor();
    const other = await open();
    await other.goto(`${server.consoleUrl}/sign-in`);
    await other.getByLabel('User name').fill('anna');
    await other.getByLabel('Password').fill(PASSWORD);
    await button('Sign in', other).click();
    await other.getByLabel('Code').fill(codeOfApp(secret));
    assert.deepEqual(await survey(other, 'sign-in-code'), []);
    await button('Sign in', other).click();
    await other.getByRole('navigation').first().waitFor();
  });

  it('ends another session, which is out at once', async () => {
    await page.reload();
    await button('Sign out the session from 127.0.0.1').click();
    await button('Sign out the session from 127.0.0.1').waitFor({ state: 'detached' });
    assert.deepEqual(await survey(page, 'account-second-factor'), []);
    const other = pages[2]?.pages()[0] ?? assert.fail();
    await other.reload();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));

  it('wrote no secret into its log', () => {
    assert.ok(!server.stderr().includes(PASSWORD));
  });
});
