import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { LeanClient } from '../support/lean-client.ts';
import { seededBytes } from '../support/seeded.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ADMIN_PASSWORD, signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const OBJECT_BYTES = 200_000;
const OBJECTS = 40;

describe('home and storage in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-home-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    const provision = join(folder, 'provision.json');
    const people = {
      users: [{ name: 'ben', role: 'user', password: ADMIN_PASSWORD }],
      buckets: [{ name: 'letters', owner: 'ben' }],
    };
    writeFileSync(provision, JSON.stringify(people));
    const disks = ['ssd,tier=hot', 'bay1,tier=warm'].flatMap((disk) => {
      const path = join(folder, disk.split(',')[0] ?? '');
      mkdirSync(path);
      return ['--disk', `${disk.split(',')[0]}=${path},${disk.split(',')[1]}`];
    });
    server = await startServerProcess({ args: [...disks, '--provision', provision] });
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await signInThrough(page, server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const word = () => page.getByTestId('appliance-status').getByText(/\w+/).last();
  /** The exact number under the pointer of a size. */
  const bytesOf = async (part: string) => {
    const title = await page.locator(`[data-part=${part}] [title]`).first().getAttribute('title');
    return Number((title ?? '').replaceAll(/\D/g, ''));
  };

  it('with nothing stored says that all is well and what to do next', async () => {
    await page.goto(`${server.consoleUrl}/`);
    await page.getByText('What is stored can be read').waitFor();
    await page.getByText('0 of 7 days are known').or(page.getByText('1 of 7 days are known')).waitFor();
    assert.deepEqual(await survey(page, 'home-empty'), []);
  });

  it('under load shows who writes, how fast, and the errors by their code', async () => {
    const client = new LeanClient(server.s3Url, server.rootCredentials);
    const headers = { 'user-agent': 'restic/0.16.4' };
    await client.request({ method: 'PUT', path: '/backups', headers });
    for (let i = 0; i < OBJECTS; i += 1) {
      const body = seededBytes(`k${i}`, OBJECT_BYTES);
      const answer = await client.request({ method: 'PUT', path: `/backups/k${i}`, body, headers });
      assert.equal(answer.status, 200);
      await client.request({ method: 'GET', path: `/backups/k${i}`, headers });
    }
    for (let i = 0; i < 3; i += 1) await client.request({ method: 'GET', path: '/backups/absent', headers });
    await setTimeout(11_000);
    client.close();
    await page.reload();
    await page.getByText('Last write from restic 0.16.4').waitFor();
    await page.getByText(/NoSuchKey 3/).waitFor();
    await page.getByText(`${OBJECTS} objects in 2 buckets`).waitFor();
    await page.getByText(/in: mean .*B\/s, peak/).waitFor();
    await page
      .getByRole('figure', { name: 'Processor time of the server, cores' })
      .getByText(/CPU: mean/)
      .waitFor();
    await page
      .getByRole('figure', { name: 'Memory of the server, bytes' })
      .getByText(/memory: mean .*MB/)
      .waitFor();
    assert.deepEqual(await survey(page, 'home', 1500), []);
  });

  it('capacity adds up on screen to the byte', async () => {
    const parts = await Promise.all(['dataBytes', 'overheadBytes', 'otherBytes', 'freeBytes'].map(bytesOf));
    const total = await page
      .getByLabel('Capacity')
      .locator('p')
      .first()
      .locator('[title]')
      .last()
      .getAttribute('title');
    assert.equal(
      parts.reduce((sum, bytes) => sum + bytes, 0),
      Number((total ?? '').replaceAll(/\D/g, '')),
    );
    assert.ok((parts[0] ?? 0) >= OBJECTS * OBJECT_BYTES);
  });

  it('keeps the range in the address, and has a table behind each chart', async () => {
    await page.getByRole('radio', { name: '1 h', exact: true }).click();
    await page.waitForURL(/range=1h/);
    await page.getByRole('button', { name: 'As table' }).first().click();
    await page.getByRole('columnheader', { name: 'in: mean · peak' }).waitFor();
    assert.deepEqual(await survey(page, 'home-table'), []);
    await page.goBack();
  });

  it('storage shows the disk, its folder and what fills it', async () => {
    await page.goto(`${server.consoleUrl}/storage`);
    await page.getByText(join(folder, 'ssd')).waitFor();
    await page.getByRole('region', { name: 'Warm' }).getByText('bay1').first().waitFor();
    await page.getByRole('link', { name: 'backups' }).waitFor();
    await page.getByText('Holds the log and new small objects').waitFor();
    await page.getByText(/your data: mean/).waitFor();
    assert.deepEqual(await survey(page, 'storage'), []);
  });

  it('goes into a bucket to see which folder fills it', async () => {
    const client = new LeanClient(server.s3Url, server.rootCredentials);
    for (const path of ['2026/march/scan', '2026/april/scan', 'old/scan']) {
      const body = seededBytes(path, path.startsWith('old') ? 50_000 : 900_000);
      await client.request({ method: 'PUT', path: `/backups/${path}`, body });
    }
    client.close();
    await page.getByRole('link', { name: 'backups' }).click();
    const fill = page.getByRole('table', { name: 'What fills the disks' });
    await fill.getByRole('row', { name: /Files in this folder/ }).waitFor();
    await fill.getByRole('row', { name: /old 1 50 kB/ }).waitFor();
    assert.deepEqual(await survey(page, 'storage-folders', 1700), []);
    await fill.getByRole('link', { name: '2026' }).click();
    await fill.getByRole('row', { name: /march 1 900 kB 50%/ }).waitFor();
    await page.waitForURL(/in=backups%2F2026%2F/);
    await page.reload();
    await fill.getByRole('row', { name: /april/ }).waitFor();
    await page.getByRole('link', { name: 'All buckets' }).click();
    await page.getByRole('link', { name: 'backups' }).waitFor();
  });

  it('a user without the appliance sees files instead of disks', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const theirs = await context.newPage();
    theirs.setDefaultTimeout(15_000);
    await theirs.goto(`${server.consoleUrl}/sign-in`);
    await theirs.getByLabel('User name').fill('ben');
    await theirs.getByLabel('Password').fill(ADMIN_PASSWORD);
    await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
    await theirs.getByRole('link', { name: /letters/ }).click();
    await theirs.waitForURL(/files\/letters/);
    await theirs.getByRole('link', { name: 'Home' }).click();
    await theirs.getByText('Opened lately in this browser').waitFor();
    assert.equal(await theirs.getByRole('link', { name: 'Storage' }).count(), 0);
    assert.deepEqual(await survey(theirs, 'home-user'), []);
    await theirs.goto(`${server.consoleUrl}/storage`);
    await theirs.getByText('You do not have the right to do this.').waitFor();
    await context.close();
  });

  it('a server that is gone is Unknown, never Fine', async () => {
    await page.goto(`${server.consoleUrl}/`);
    await page.getByText('What is stored can be read').waitFor();
    assert.equal(await word().textContent(), 'Fine');
    await server.kill();
    await page.getByText('The server does not answer, so nobody can say how it is.').waitFor();
    assert.equal(await word().textContent(), 'Unknown');
    assert.deepEqual(await survey(page, 'home-unknown'), []);
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
