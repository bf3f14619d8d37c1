import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';
import { claimAndSignIn } from './support/console-page.ts';

/** The app's bridge as the page sees it: notes what is dragged out, and takes no large file. */
const BRIDGE = `window.dragged = [];
window.stowageDesktop = {
  reportTransfers: async () => undefined,
  dragOut: async (given) => {
    window.dragged.push(given);
    return given.fileName === 'large.bin' ? 'too-large' : 'started';
  },
};`;
const DRAG_START = 'new DragEvent("dragstart", { bubbles: true, cancelable: true })';

describe('dragging files out of the app', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let s3: S3Client;
  let browser: Browser;
  let page: Page;
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
    const admin = await claimAndSignIn(server, page);
    await admin.send('POST', '/api/v1/buckets', { name: 'drawer' });
    for (const key of ['folder/plan.txt', 'folder/large.bin', 'folder/sub/x.txt']) {
      await s3.send(new PutObjectCommand({ Bucket: 'drawer', Key: key, Body: 'x' }));
    }
  });
  after(async () => {
    await browser?.close();
    s3?.destroy();
    await server?.stop();
  });

  const row = (name: string) => page.getByRole('row', { name });
  /** Answers whether the page let the browser's own drag begin. */
  const drag = (name: string) =>
    page.evaluate(
      `[...document.querySelectorAll('[role=row]')].find((one) => one.textContent.includes('${name}')).dispatchEvent(${DRAG_START})`,
    );

  it('a browser has nothing to drag out with', async () => {
    await page.goto(`${server.consoleUrl}/files/drawer/folder`);
    await row('plan.txt').waitFor();
    assert.equal(await row('plan.txt').getAttribute('draggable'), null);
  });

  it('the app gets the link and the name of a small file; folders stay', async () => {
    await page.addInitScript(BRIDGE);
    await page.reload();
    await row('plan.txt').waitFor();
    assert.equal(await row('plan.txt').getAttribute('draggable'), 'true');
    assert.equal(await row('sub').getAttribute('draggable'), null);
    assert.equal(await drag('plan.txt'), false, 'the page drags nothing itself');
    await page.waitForFunction('window.dragged.length === 1');
    const [given] = (await page.evaluate('window.dragged')) as { contentPath: string; fileName: string }[];
    assert.equal(given?.fileName, 'plan.txt');
    assert.match(given?.contentPath ?? '', /^\/content\/[\w-]+$/);
    const content = await fetch(server.consoleUrl + given?.contentPath);
    assert.equal(await content.text(), 'x');
    await drag('sub');
    assert.equal(await page.evaluate('window.dragged.length'), 1);
  });

  it('offers to save what is too large', async () => {
    await drag('large.bin');
    await page.getByText('large.bin is too large to be dragged out').waitFor();
    assert.deepEqual(await survey(page, 'files-drag-too-large'), []);
    const save = page.getByRole('button', { name: 'Save to…' });
    const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
    assert.equal(saved.suggestedFilename(), 'large.bin');
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
