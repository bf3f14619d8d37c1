import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser } from './support/browser.ts';
import { claim, signIn } from './support/claim.ts';

/** With a name of a hundred characters longer than a key may be. */
const DEEP = Array.from({ length: 5 }, (_, depth) => `${depth}`.repeat(190)).join('/');

describe('names that cannot be keys, in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-names-'));
  const file = join(folder, `${'n'.repeat(100)}.txt`);
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    writeFileSync(file, 'a long way down');
    server = await startServerProcess();
    await claim(server);
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await page.goto(server.consoleUrl);
    await signIn(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('offers no retry that would fail the same way, but another name, which is stored', async () => {
    await page.goto(`${server.consoleUrl}/files/office/${DEEP}`);
    await page.locator('input[data-upload=files]').setInputFiles(file);
    const card = page.getByRole('region', { name: 'Transfers' });
    await card.getByText('1 failed').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Retry failed' }).count(), 0);
    await card.getByRole('button', { name: 'Fix names and retry' }).click();
    await card.getByText('1 of 1 file stored').waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
