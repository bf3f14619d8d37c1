import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ConsoleClient } from '../support/console-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';
import { claimAndSignIn, putByApi } from './support/console-page.ts';
import { picture } from './support/sample-files.ts';

const CONTENT = 'invoice 0231\n'.repeat(1000);
describe('links in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-e2e-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let recipient: Page;
  let complaints: string[];
  let link: string;
  let api: ConsoleClient;
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    const visitor = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false, acceptDownloads: true });
    recipient = await visitor.newPage();
    recipient.setDefaultTimeout(15_000);
    await fill();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function fill(): Promise<void> {
    const admin = await claimAndSignIn(server, page);
    await admin.send('POST', '/api/v1/buckets', { name: 'office', versioning: true });
    const store = (key: string, body: string | Uint8Array<ArrayBuffer>, type: string) =>
      putByApi(server, admin, 'office', key, body, type);
    await store('2026/INV-0231.pdf', CONTENT, 'application/pdf');
    await store('2026/photo.png', await picture('png'), 'image/png');
    await store(`2026/${'a name that goes on '.repeat(10)}.txt`, 'x', 'text/plain');
    await store('2026/march/plan.md', '# plan', 'text/markdown');
    api = admin;
  }

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const row = (name: string) => page.getByRole('row', { name });
  const dialog = () => page.getByRole('dialog');
  const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');

  it('has a page of links that says what to do', async () => {
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByRole('link', { name: 'Shares' }).click();
    await page.getByRole('heading', { name: 'No links yet' }).waitFor();
    assert.deepEqual(await survey(page, 'shares-empty'), []);
  });

  it('S and Enter copy a link to a file', async () => {
    await page.goto(`${server.consoleUrl}/files/office/2026`);
    await row('INV-0231.pdf').getByRole('checkbox').click();
    await page.getByRole('grid').press('s');
    await dialog().getByText('Whoever has the link can download INV-0231.pdf').waitFor();
    assert.match(await dialog().innerText(), /Links open on this computer only/);
    assert.deepEqual(await survey(page, 'share-dialog'), []);
    await page.keyboard.press('Enter');
    await dialog().getByRole('img', { name: 'QR code of the link' }).waitFor();
    assert.deepEqual(await survey(page, 'share-made'), []);
    link = await clipboard();
    assert.match(link, new RegExp(`^${server.consoleUrl}/s/[\\w-]{32}$`));
    await button('Done').click();
  });

  it('opens in another browser without JavaScript and gives the file', async () => {
    await recipient.goto(link);
    await recipient.getByRole('heading', { name: 'INV-0231.pdf' }).waitFor();
    const [download] = await Promise.all([
      recipient.waitForEvent('download'),
      recipient.getByRole('link', { name: 'Download' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'INV-0231.pdf');
    assert.equal(readFileSync(await download.path(), 'utf8'), CONTENT);
    await look(link, 'share-page-file');
  });

  /** The recipient's page as it looks, and what axe finds in it; at most 40 KB. axe is a script, so in a browser that runs them. */
  async function look(address: string, name: string): Promise<void> {
    const context = await browser.newContext({ locale: 'en-GB', bypassCSP: true });
    try {
      const seen = await context.newPage();
      const answer = await seen.goto(address);
      assert.ok(((await answer?.body()) ?? Buffer.alloc(0)).byteLength <= 40 * 1024, `${name} is too large`);
      assert.deepEqual(await survey(seen, name), []);
    } finally {
      await context.close();
    }
  }

  it('a folder with a password and a limit: asked for, listed, archived, used up', async () => {
    await page.goto(`${server.consoleUrl}/files/office`);
    await row('2026')
      .getByRole('button', { name: /Actions/ })
      .click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    await dialog().getByLabel('Password').fill('open sesame');
    await dialog().getByLabel('Downloads at most').fill('2');
    await dialog().getByLabel('Note').fill('All of 2026, as promised.');
    await dialog().getByLabel('For', { exact: true }).fill('Acme Oy');
    await dialog().getByText('with the password, at most 2 times').waitFor();
    await dialog().getByRole('button', { name: 'Create and copy link' }).click();
    await dialog().getByRole('img').waitFor();
    const address = await clipboard();
    await look(address, 'share-page-password');
    await recipient.goto(address);
    await recipient.getByLabel('Password').fill('wrong');
    await recipient.getByRole('button', { name: 'Continue' }).click();
    await recipient.getByText('This is not the password.').waitFor();
    await recipient.getByLabel('Password').fill('open sesame');
    await recipient.getByRole('button', { name: 'Continue' }).click();
    await recipient.getByText('All of 2026, as promised.').waitFor();
    await recipient.getByRole('link', { name: 'march' }).click();
    await recipient.getByRole('link', { name: 'plan.md' }).waitFor();
    await recipient.goBack();
    const [zip] = await Promise.all([
      recipient.waitForEvent('download'),
      recipient.getByRole('link', { name: 'Download all as zip' }).click(),
    ]);
    assert.equal(zip.suggestedFilename(), '2026.zip');
    await recipient.reload();
    await recipient.getByText('1 of 2 downloads left').waitFor();
    await Promise.all([
      recipient.waitForEvent('download'),
      recipient.getByRole('link', { name: 'Download all as zip' }).click(),
    ]);
    await recipient.reload();
    await recipient.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await look(address, 'share-page-dead');
    await button('Done').click();
  });

  it('shows pictures, and a folder of any names', async () => {
    await api.send('POST', '/api/v1/shares', {
      bucket: 'office',
      items: ['2026/'],
      expiresAtMs: Date.now() + 86_400_000,
    });
    await page.goto(`${server.consoleUrl}/shares`);
    await button(/^Copy the link to 2026/)
      .first()
      .click();
    await page.getByText('Link copied').waitFor();
    const address = await clipboard();
    await look(address, 'share-page-folder');
    await look(`${address}?path=photo.png`, 'share-page-picture');
  });

  it('takes files for an upload request, with and without JavaScript, and says so to its maker', async () => {
    await page.goto(`${server.consoleUrl}/files/office`);
    await button('Request files').click();
    await dialog().getByLabel('For', { exact: true }).fill('Plans of Acme');
    await dialog().getByLabel('File types').fill('pdf, txt');
    await dialog().getByText('Whoever has the link can send files into office').waitFor();
    assert.deepEqual(await survey(page, 'request-dialog'), []);
    await dialog().getByRole('button', { name: 'Create and copy link' }).click();
    await dialog().getByRole('img').waitFor();
    const address = await clipboard();
    await button('Done').click();
    await look(address, 'share-page-upload');
    const files = ['plan.txt', 'notes.txt', 'tool.exe'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, 'what was asked for');
    await recipient.goto(address);
    await recipient.getByLabel('Your name').fill('Bo');
    await recipient.getByLabel('Files', { exact: true }).setInputFiles(files);
    await recipient.getByRole('button', { name: 'Send files' }).click();
    await recipient.getByRole('heading', { name: 'Received' }).waitFor();
    await recipient.getByText('Files of this type are not wanted here.').waitFor();
    assert.match(recipient.url(), /\?receipt=/);
    await look(recipient.url(), 'share-page-receipt');
    await page.getByText('A file arrived: Plans of Acme').first().waitFor();

    const scripted = await browser.newPage({ locale: 'en-GB' });
    const heard = complaintsOf(scripted);
    await scripted.goto(address);
    await scripted.getByLabel('Your name').fill('Bo');
    await scripted.getByLabel('Files', { exact: true }).setInputFiles(files);
    await scripted.getByRole('button', { name: 'Send files' }).click();
    await scripted.getByRole('heading', { name: 'Received' }).waitFor();
    await scripted.getByText('plan (2).txt').waitFor();
    await scripted.getByText('Files of this type are not wanted here.').waitFor();
    assert.deepEqual(heard, []);
    await scripted.close();
  });

  it('lists links with their use; revokes one and takes that back', async () => {
    await page.goto(`${server.consoleUrl}/shares`);
    await row('INV-0231.pdf').getByText('1 download').waitFor();
    await button(/^INV-0231.pdf/).click();
    const details = page.getByRole('complementary', { name: 'Details of the link to INV-0231.pdf' });
    await details.getByText('Downloaded').waitFor();
    assert.deepEqual(await survey(page, 'shares'), []);
    await details.getByRole('button', { name: 'Revoke' }).click();
    await details.getByRole('button', { name: 'Allow again' }).waitFor();
    await recipient.goto(link);
    await recipient.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await details.getByRole('button', { name: 'Allow again' }).click();
    await details.getByRole('button', { name: 'Revoke' }).waitFor();
    await recipient.reload();
    await recipient.getByRole('heading', { name: 'INV-0231.pdf' }).waitFor();
    await details.getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Downloads at most').fill('1');
    assert.deepEqual(await survey(page, 'share-edit'), []);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await details.getByText('Used up').waitFor();
  });

  it('shows in the details of a file which links lead to it, and makes one more', async () => {
    await page.goto(`${server.consoleUrl}/files/office/2026`);
    await row('INV-0231.pdf').getByRole('checkbox').click();
    await page.getByRole('grid').press('i');
    await page.getByRole('tab', { name: 'Links' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByText('Used up').first().waitFor();
    await panel.getByText('Through the folder 2026').first().waitFor();
    assert.deepEqual(await survey(page, 'file-links'), []);
    await panel.getByRole('button', { name: 'Make a link' }).click();
    await dialog().getByRole('button', { name: 'Create and copy link' }).click();
    await dialog().getByRole('img').waitFor();
    await button('Done').click();
    const made = panel.getByRole('listitem').filter({ hasText: 'INV-0231.pdf' }).first();
    await made.getByText('Not used yet').waitFor();
    await made.getByRole('button', { name: 'Revoke' }).click();
    await made.getByText('Revoked').waitFor();
    await button('Allow again').click();
    await made.getByText('Works').waitFor();
    await made.getByRole('button', { name: 'Revoke' }).click();
    await made.getByText('Revoked').waitFor();
    await page.goto(`${server.consoleUrl}/shares`);
  });

  it('filters, and keeps the filter in the address', async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('acme oy');
    await row('INV-0231.pdf').waitFor({ state: 'detached' });
    await row('Acme Oy').waitFor();
    assert.match(page.url(), /q=acme/);
    await page.reload();
    await row('Acme Oy').waitFor();
  });

  it('says who links are from', async () => {
    await button('How links look').click();
    await dialog().getByLabel('Links are from').fill('Acme Oy');
    await dialog().getByLabel('Links begin with').fill('https://files.example.com');
    assert.deepEqual(await survey(page, 'share-settings'), []);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.goto(`${server.consoleUrl}/shares`);
    await button(/^Copy the link to 2026/)
      .first()
      .click();
    assert.match(await clipboard(), /^https:\/\/files\.example\.com\/s\//);
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
