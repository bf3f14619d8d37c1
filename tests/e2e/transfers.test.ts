import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';
import { claim, signIn } from './support/claim.ts';

const MIB = 1024 * 1024;
const LARGE_BYTES = 200 * MIB;

describe('transfers in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-transfers-'));
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-transfers-data-'));
  const large = join(folder, 'site video.mov');
  let server: ServerProcess;
  let s3: S3Client;
  let browser: Browser;
  let page: Page;
  let network: CDPSession;
  let complaints: string[];

  before(async () => {
    writeFileSync(large, randomBytes(LARGE_BYTES));
    server = await startServerProcess({ dataDir });
    s3 = clientOf(server);
    await claim(server);
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB', acceptDownloads: true });
    page.setDefaultTimeout(20_000);
    page.on('dialog', (dialog) => void dialog.accept());
    complaints = complaintsOf(page);
    network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await page.goto(server.consoleUrl);
    await signIn(page);
  });
  after(async () => {
    await browser?.close();
    s3?.destroy();
    await server?.stop();
    for (const each of [folder, dataDir]) rmSync(each, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const upload = (selector: string) => page.locator(selector);
  const uploadFiles = (paths: string | string[]) => upload('input[data-upload=files]').setInputFiles(paths);
  const open = (path: string) => page.goto(server.consoleUrl + path);
  const card = () => page.getByRole('region', { name: 'Transfers' });
  /** Bytes a second that go out; 0 for as many as can. */
  const throttle = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: uploadThroughput === 0 ? -1 : uploadThroughput,
    });
  const hashOf = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'office', Key: key }));
    return createHash('sha256')
      .update((await Body?.transformToByteArray()) ?? '')
      .digest('hex');
  };
  const keys = async (prefix: string) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'office', Prefix: prefix }));
    return Contents.map(({ Key }) => Key ?? '');
  };

  it('says what to do where nothing is transferred', async () => {
    await page.getByRole('link', { name: 'Transfers' }).click();
    await page.getByRole('heading', { name: 'Nothing to transfer' }).waitFor();
    assert.deepEqual(await survey(page, 'transfers-empty'), []);
  });

  it('uploads a folder of many files and shows them stored', async () => {
    const many = join(folder, 'photos');
    for (let index = 0; index < 300; index += 1) {
      const sub = join(many, `day ${index % 3}`);
      mkdirSync(sub, { recursive: true });
      writeFileSync(join(sub, `${index}.txt`), `photo ${index}`);
    }
    await open('/files/office');
    await upload('input[data-upload=folder]').setInputFiles(many);
    await card().getByText('300 of 300 files stored').waitFor();
    assert.equal((await keys('photos/')).length, 300);
    await page.getByRole('row', { name: 'photos' }).waitFor();
  });

  it('pauses a large file and goes on', async () => {
    await throttle(30 * MIB);
    await uploadFiles(large);
    await card().getByText(/MB\/s/).first().waitFor();
    assert.deepEqual(await survey(page, 'transfers-card'), []);
    await card().getByRole('link', { name: 'Show all transfers' }).click();
    await button('Pause site video.mov').click();
    await page.getByText('1 paused').waitFor();
    await button('Resume site video.mov').click();
    await button('Pause site video.mov').waitFor();
  });

  it('a reload in the middle costs nothing but choosing the file again', async () => {
    const parts: string[] = [];
    await page.waitForTimeout(1500);
    await page.reload();
    await page.getByText('1 file of an earlier visit is not finished').waitFor();
    assert.deepEqual(await survey(page, 'transfers-reloaded'), []);
    await throttle(0);
    page.on('request', (request) => {
      if (request.method() === 'PUT') parts.push(request.url());
    });
    await upload('input[data-again=files]').setInputFiles(large);
    await page.getByText('1 of 1 file stored').waitFor();
    assert.ok(parts.length > 0 && parts.length < LARGE_BYTES / (8 * MIB), `${parts.length} parts were sent again`);
    assert.equal(await hashOf('site video.mov'), createHash('sha256').update(readFileSync(large)).digest('hex'));
    await page.getByText('checked, CRC64NVME').waitFor();
    await button('Clear finished').click();
  });

  it('goes on by itself when the server was killed and is back', async () => {
    const copy = join(folder, 'second.bin');
    writeFileSync(copy, randomBytes(100 * MIB));
    await open('/files/office');
    await throttle(40 * MIB);
    await uploadFiles(copy);
    await card().getByText(/MB\/s/).first().waitFor();
    const { port } = new URL(server.consoleUrl);
    await server.kill();
    await card().getByText('The server does not answer').waitFor();
    await page
      .getByRole('link', { name: /Transfers/ })
      .first()
      .click();
    assert.deepEqual(await survey(page, 'transfers-offline'), []);
    s3.destroy();
    server = await startServerProcess({ dataDir, consolePort: Number(port) });
    s3 = clientOf(server);
    await throttle(0);
    await page.getByText('1 of 1 file stored').waitFor({ timeout: 40_000 });
    assert.equal(await hashOf('second.bin'), createHash('sha256').update(readFileSync(copy)).digest('hex'));
    await button('Clear finished').click();
  });

  it('asks about files that are there already; one answer can hold for all', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt'].map((name) => join(folder, name));
    for (const name of names) writeFileSync(name, 'first');
    await open('/files/office');
    await uploadFiles(names);
    await card().getByText('3 of 3 files stored').waitFor();
    for (const name of names) writeFileSync(name, 'second one');
    await uploadFiles(names);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'a.txt is there already' }).waitFor();
    assert.deepEqual(await survey(page, 'transfers-conflict'), []);
    await dialog.getByText('Keep both, mine with a number').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await card().getByText('6 of 6 files stored').waitFor();
    assert.deepEqual(
      (await keys('')).filter((key) => /^[abc]/.test(key)),
      ['a (1).txt', 'a.txt', 'b (1).txt', 'b.txt', 'c (1).txt', 'c.txt'],
    );
    await uploadFiles(names[0] ?? '');
    await dialog.getByText('Skip, leave what is there').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'office', Key: 'a.txt' }));
    assert.equal(await Body?.transformToString(), 'first');
  });

  it('lists what failed and why, saves the list, and tries again', async () => {
    await page.route('**/objects/batch', (route) =>
      route.fulfill({
        status: 507,
        json: { error: { code: 'InsufficientStorage', message: 'full', requestId: 'X' } },
      }),
    );
    writeFileSync(join(folder, 'd, "quoted".txt'), 'd');
    await open('/files/office');
    await uploadFiles(join(folder, 'd, "quoted".txt'));
    await card().getByText('1 failed').waitFor();
    await card().getByRole('link', { name: 'Show all transfers' }).click();
    await page.getByText('There is not enough space left on the server.').waitFor();
    assert.deepEqual(await survey(page, 'transfers-failed'), []);
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Save list of failed').click()]);
    assert.match(readFileSync(await saved.path(), 'utf8'), /"d, ""quoted"".txt","office".*"InsufficientStorage"/);
    await page.unroute('**/objects/batch');
    await button('Retry failed').click();
    await page.getByText('1 of 1 file stored').waitFor();
  });

  it('goes on by itself after a reload where the browser gives handles; empty folders are kept', async () => {
    await open('/files/office/');
    await throttle(20 * MIB);
    await button('Upload files').waitFor();
    await page.evaluate(dropFromPrivateFolder(60));
    await card().getByText(/MB\/s/).first().waitFor();
    await page.reload();
    await throttle(0);
    await card()
      .getByText(/^(\d) of \1 files? stored/)
      .waitFor({ timeout: 30_000 });
    assert.deepEqual(await keys('dropped/'), ['dropped/empty/', 'dropped/large.bin', 'dropped/sub/small.txt']);
    const expected = createHash('sha256')
      .update(Buffer.alloc(60 * MIB, 7))
      .digest('hex');
    assert.equal(await hashOf('dropped/large.bin'), expected);
  });

  it('goes on after one click where the browser wants to ask first', async () => {
    await open('/files/office/again');
    await throttle(20 * MIB);
    await button('Upload files').waitFor();
    await page.evaluate(dropFromPrivateFolder(40));
    await card().getByText(/MB\/s/).first().waitFor();
    await page.addInitScript(
      "FileSystemHandle.prototype.queryPermission = async () => 'prompt'; FileSystemHandle.prototype.requestPermission = async () => 'granted';",
    );
    await page.reload();
    await throttle(0);
    await card().getByText('1 file goes on when this page may read it again.').waitFor();
    await button('Go on').click();
    await card()
      .getByText(/^(\d) of \1 files? stored/)
      .waitFor({ timeout: 30_000 });
    const expected = createHash('sha256')
      .update(Buffer.alloc(40 * MIB, 7))
      .digest('hex');
    assert.equal(await hashOf('again/dropped/large.bin'), expected);
  });

  it('a reload while the folder is still being looked through forgets none of its files', async () => {
    await open('/files/office/searched');
    await throttle(0);
    await button('Upload files').waitFor();
    await page.evaluate(SEARCH_HANGS);
    await page.evaluate(dropFromPrivateFolder(1));
    await card().getByText('still finding files').waitFor();
    assert.deepEqual(await survey(page, 'transfers-finding'), []);
    await page.addInitScript(
      "FileSystemHandle.prototype.queryPermission = async () => 'prompt'; FileSystemHandle.prototype.requestPermission = async () => 'granted';",
    );
    await page.reload();
    await card().getByText('goes on when this page may read them again').waitFor();
    assert.deepEqual(await survey(page, 'transfers-not-found'), []);
    await card().getByRole('button', { name: 'Go on' }).click();
    await card()
      .getByText(/^(\d) of \1 files stored/)
      .waitFor();
    await card().getByText('still finding files').waitFor({ state: 'detached' });
    const prefix = 'searched/dropped/';
    assert.deepEqual(await keys(prefix), [`${prefix}empty/`, `${prefix}large.bin`, `${prefix}sub/small.txt`]);
  });

  it('keeps to a limit that was set, says so, and drops it at once', async () => {
    await open('/transfers');
    await button('Limit speed').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Limit the speed at all times').click();
    await dialog.getByLabel('Limit', { exact: true }).fill('much');
    await dialog.getByText('Slower in quiet hours').click();
    await dialog.getByLabel('From').fill('00:00');
    await dialog.getByLabel('Until').fill('00:00');
    await dialog.getByLabel('On', { exact: true }).selectOption('every');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('A number from 0.1 to 10,000 MB/s').waitFor();
    assert.deepEqual(await survey(page, 'transfers-pace'), []);
    await dialog.getByLabel('Limit', { exact: true }).fill('10');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const held = join(folder, 'held.bin');
    writeFileSync(held, randomBytes(60 * MIB));
    await open('/files/office');
    await uploadFiles(held);
    await card().getByText('held to 2 MB/s until').waitFor();
    await page.waitForTimeout(6000);
    await card().getByRole('link', { name: 'Show all transfers' }).click();
    const [, sentMb] =
      /([\d.]+)\sMB\sof/.exec(
        (await page
          .getByText(/MB of 6\d/)
          .first()
          .textContent()) ?? '',
      ) ?? [];
    assert.ok(Number(sentMb) < 30, `${sentMb} MB in about 7 s`);
    assert.deepEqual(await survey(page, 'transfers-held'), []);
    await button('Speed: limited').click();
    await dialog.getByText('Slower in quiet hours').click();
    await dialog.getByText('Limit the speed at all times').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 of 1 file stored').waitFor();
    assert.equal(await hashOf('held.bin'), createHash('sha256').update(readFileSync(held)).digest('hex'));
    await button('Clear finished').click();
  });

  it('asks to sign in where the session ended, and goes on then', async () => {
    const third = join(folder, 'third.bin');
    writeFileSync(third, randomBytes(60 * MIB));
    await open('/files/office');
    await throttle(20 * MIB);
    await uploadFiles(third);
    await card().getByText(/MB\/s/).first().waitFor();
    await page.context().clearCookies();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await throttle(0);
    await signIn(page);
    await card().getByText('1 of 1 file stored').waitFor();
    assert.equal(await hashOf('third.bin'), createHash('sha256').update(readFileSync(third)).digest('hex'));
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});

/** Script after which a folder tells one of its files and then nothing more. */
const SEARCH_HANGS = `(() => {
  const values = FileSystemDirectoryHandle.prototype.values;
  FileSystemDirectoryHandle.prototype.values = async function* () {
    for await (const one of values.call(this)) {
      yield one;
      await new Promise(() => undefined);
    }
  };
})()`;

/** Script that drops a folder of the browser's private file system, whose handles outlive a reload without a question. */
function dropFromPrivateFolder(mib: number): string {
  return `(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('dropped', { create: true });
    await folder.getDirectoryHandle('empty', { create: true });
    const write = async (into, name, content) => {
      const stream = await (await into.getFileHandle(name, { create: true })).createWritable();
      await stream.write(content);
      await stream.close();
    };
    await write(folder, 'large.bin', new Uint8Array(${mib} * 1024 * 1024).fill(7));
    await write(await folder.getDirectoryHandle('sub', { create: true }), 'small.txt', 'small');
    const item = {
      kind: 'file',
      getAsFileSystemHandle: async () => folder,
      webkitGetAsEntry: () => null,
      getAsFile: () => null,
    };
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], items: [item] } });
    document.querySelector('main h1').dispatchEvent(drop);
  })()`;
}

function clientOf(server: ServerProcess): S3Client {
  return new S3Client({
    endpoint: server.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: server.rootCredentials,
  });
}
