/**
 * Drops 20,000 small files and one of 5 GiB on the console in a real browser, reloads in the middle, and says how long it took,
 * how fluid the page stayed and what memory it used. Not part of the tests: takes minutes and 11 GB of disk.
 *
 *   node tests/measure/transfers.ts [files] [GiB]
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { CDPSession, Page } from 'playwright-core';
import { launch } from '../e2e/support/browser.ts';
import { claim, signIn } from '../e2e/support/claim.ts';
import { startServerProcess } from '../support/server-process.ts';

const FILES = Number(process.argv[2] ?? 20_000);
const GIB = Number(process.argv[3] ?? 5);
const MIB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'stowage-measure-'));
const dataDir = mkdtempSync(join(tmpdir(), 'stowage-measure-data-'));
const small = join(folder, 'many');
const large = join(folder, 'large.bin');
const started = Date.now();
const say = (text: string) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s  ${text}`);

/** Collects frames and long tasks in the page until it is asked. */
const WATCH = `(() => {
  const state = { frames: [], long: [] };
  let before = performance.now();
  const frame = (now) => { state.frames.push(now - before); before = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) state.long.push(duration); })
    .observe({ entryTypes: ['longtask'] });
  globalThis.fluid = () => { const all = state.frames.splice(0); const long = state.long.splice(0);
    all.sort((a, b) => a - b);
    const sum = all.reduce((a, b) => a + b, 0);
    return { fps: Math.round(1000 * all.length / sum), p99: Math.round(all[Math.floor(all.length * 0.99)] ?? 0),
      worst: Math.round(all.at(-1) ?? 0), long: long.length, longSum: Math.round(long.reduce((a, b) => a + b, 0)), longest: Math.round(Math.max(0, ...long)) }; };
})()`;

function makeFiles(): void {
  for (let index = 0; index < FILES; index += 1) {
    const sub = join(small, `folder ${Math.floor(index / 500)}`);
    if (index % 500 === 0) mkdirSync(sub, { recursive: true });
    writeFileSync(join(sub, `${index}.dat`), randomBytes(2000 + (index % 7) * 2000));
  }
  const block = randomBytes(64 * MIB);
  const file = openSync(large, 'w');
  for (let written = 0; written < GIB * 1024; written += 64) {
    block.writeUInt32BE(written, 0);
    writeSync(file, block, 0, Math.min(64, GIB * 1024 - written) * MIB);
  }
  closeSync(file);
}

async function drop(network: CDPSession): Promise<void> {
  const data = { items: [], files: [small, large], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await network.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data });
  }
}

async function report(page: Page, label: string): Promise<void> {
  const fluid = await page.evaluate('fluid()');
  const heap = await page.evaluate('Math.round(performance.memory.usedJSHeapSize / 1e6)');
  say(`${label}: ${JSON.stringify(fluid)}, heap ${heap} MB, browser ${browserMegabytes()} MB`);
}

/** Memory of the browser's processes, what they share counted once. */
function browserMegabytes(): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readQuietly(`/proc/${name}/stat`) : '';
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!isBelow(pid, parents) || !readQuietly(`/proc/${pid}/cmdline`).includes('chromium')) continue;
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readQuietly(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  }
  return Math.round(kilobytes / 1024);
}

function isBelow(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === process.pid) return true;
  return false;
}

/** A process may have ended meanwhile. */
function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function statusText(page: Page): Promise<string | null> {
  return page.getByRole('status').filter({ hasText: 'stored' }).first().textContent();
}

async function stored(page: Page): Promise<number> {
  const text = await statusText(page);
  return Number((/([\d,]+) of/.exec(text ?? '')?.[1] ?? '0').replaceAll(',', ''));
}

async function waitFor(page: Page, isThere: () => Promise<boolean>, label: string): Promise<void> {
  for (let turn = 0; !(await isThere()); turn += 1) {
    await page.waitForTimeout(1000);
    await page.mouse.wheel(0, turn % 20 < 10 ? 400 : -400);
    if (turn % 15 === 14) await report(page, `${label}, ${(await statusText(page))?.slice(0, 90)}`);
  }
}

async function main(): Promise<void> {
  makeFiles();
  say(`made ${FILES} files and one of ${GIB} GiB`);
  const server = await startServerProcess({ dataDir });
  const s3 = new S3Client({
    endpoint: server.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: server.rootCredentials,
  });
  const browser = await launch();
  try {
    await claim(server);
    const page = await browser.newPage({ locale: 'en-GB' });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.addInitScript(WATCH);
    await page.goto(server.consoleUrl);
    await signIn(page);
    const network = await page.context().newCDPSession(page);
    await page.goto(`${server.consoleUrl}/files/office`);
    await page.getByRole('heading', { name: 'Nothing in here' }).waitFor();
    const dropped = await begin(page, network);
    const isHalf = async () => (await stored(page)) >= FILES / 2 || Date.now() - dropped > 120_000;
    await waitFor(page, isHalf, 'first half');
    await reload(page, network);
    await waitFor(page, () => isAllStored(page), 'second half');
    await report(page, 'finished');
    say(`all stored ${((Date.now() - dropped) / 1000).toFixed(1)} s after the drop`);
    await check(s3);
  } finally {
    await browser.close();
    s3.destroy();
    await server.stop();
    for (const each of [folder, dataDir]) rmSync(each, { recursive: true, force: true });
  }
}

/** Drops everything and goes to the list of transfers; resolves to when that was. */
async function begin(page: Page, network: CDPSession): Promise<number> {
  await page.evaluate('fluid()');
  const first = page.waitForRequest((request) => /uploads|batch/.test(request.url()));
  const dropped = Date.now();
  await drop(network);
  await first;
  say(`dropped; the first upload request ${Date.now() - dropped} ms later`);
  await page.waitForTimeout(3000);
  await report(page, 'the first seconds');
  await page
    .getByRole('link', { name: /Transfers/ })
    .first()
    .click();
  return dropped;
}

/** Reloads the page; where the browser gives no permission to go on, drops everything again. */
async function reload(page: Page, network: CDPSession): Promise<void> {
  await page.reload();
  say('reloaded');
  await page
    .getByText(/of [\d,]+ files? stored/)
    .first()
    .waitFor({ timeout: 60_000 });
  say(`listed again: ${await statusText(page)}`);
  const goOn = page.getByRole('button', { name: 'Go on', exact: true });
  if (!(await goOn.isVisible())) return;
  await goOn.click();
  await page.waitForTimeout(2000);
  if (!(await goOn.isVisible())) return;
  say('the browser gives no permission here: dropped again');
  await page.getByRole('link', { name: 'Buckets' }).first().click();
  await page.getByRole('link', { name: 'office', exact: true }).click();
  await page.getByRole('button', { name: 'Upload files' }).waitFor();
  await drop(network);
  await page
    .getByRole('link', { name: /Transfers/ })
    .first()
    .click();
}

async function isAllStored(page: Page): Promise<boolean> {
  const text = await statusText(page);
  const [, stored, all] = /([\d,]+) of ([\d,]+) files? stored/.exec(text ?? '') ?? [];
  return stored !== undefined && stored === all && !text?.includes('still finding');
}

async function check(s3: S3Client): Promise<void> {
  let count = 0;
  for (let token: string | undefined, more = true; more; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: 'office', ContinuationToken: token }));
    count += page.KeyCount ?? 0;
    token = page.NextContinuationToken;
    more = token !== undefined;
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'office', Key: 'large.bin' }));
  const hashes = [Body as AsyncIterable<Uint8Array>, (await import('node:fs')).createReadStream(large)].map(
    async (stream) => {
      const hash = createHash('sha256');
      for await (const chunk of stream) hash.update(chunk);
      return hash.digest('hex');
    },
  );
  const [there, here] = await Promise.all(hashes);
  say(`${count} objects; the large one is ${there === here ? 'equal' : 'NOT EQUAL'}`);
}

await main();
