import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ConsoleClient } from '../support/console-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';
import { claimAndSignIn, putByApi } from './support/console-page.ts';
import { filmIn, picture, sound, twoPagePdf } from './support/sample-files.ts';

/** Each would mark the console's window if it ran with the console's origin. */
const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" onload="top.hurt=1"><script>top.hurt=1;parent.hurt=1;window.hurt=1</script>
<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="top.hurt=1"/></body></foreignObject>
<rect width="20" height="10" fill="teal"/></svg>`;
const HOSTILE_HTML = '<!doctype html><script>top.hurt = 1; window.hurt = 1;</script><h1>hello</h1>';
const README =
  '# Readme\n\nSome **bold** words, a [link](https://example.org) and a [trap](javascript:top.hurt=1).\n\n<img src=x onerror="top.hurt=1">\n\n- [x] done\n- open\n\n| name | size |\n|---|---|\n| disk | 4 TB |\n\n```ts\nconst a = 1;\n```\n';

describe('previews in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-e2e-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let client: ConsoleClient;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
    client = await claimAndSignIn(server, page);
    await client.send('POST', '/api/v1/buckets', { name: 'office' });
    const files: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, string?])[] = [
      ['a-picture.png', await picture('png')],
      ['b-photo.jpg', await picture('jpeg'), 'image/jpeg'],
      ['c-drawing.svg', HOSTILE_SVG, 'image/svg+xml'],
      ['d-film.webm', await filmIn(page), 'video/webm'],
      ['e-sound.wav', sound(), 'audio/wav'],
      ['f-report.pdf', twoPagePdf()],
      ['g-page.html', HOSTILE_HTML, 'text/html'],
      ['h-code.ts', `// a note\nexport const answer = 42;\n${'some more plain words\n'.repeat(40_000)}`],
      ['i-table.csv', 'name,bytes\n"Smith, Anna",1200\nBob,7\n'],
      [
        'j-data.json',
        JSON.stringify({
          name: 'office',
          parts: [1, 2, { deep: true }],
          long: Array.from({ length: 105 }, (_, i) => i),
        }),
      ],
      ['k-readme.md', README],
      ['l-unknown.bin', Uint8Array.from([0, 1, 2, 3])],
      ['m-broken.pdf', 'no document at all'],
      ['n-broken.png', 'no picture at all'],
      ['o-empty.txt', ''],
      ['p-notes', 'text without an ending'],
      ['dir/one.txt', 'first'],
      ['dir/sub/two.txt', 'second'],
    ];
    for (const [key, body, type] of files) await putByApi(server, client, 'office', key, body, type);
    await page.goto(`${server.consoleUrl}/files/office`);
    await page.getByRole('row', { name: 'a-picture.png' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = () => page.getByRole('dialog');
  const shows = async (name: string, content: Locator) => {
    await dialog().getByRole('heading', { name }).waitFor();
    await content.waitFor();
  };
  const press = (key: string) => page.keyboard.press(key);
  const state = <T>(expression: string): Promise<T> => page.evaluate(expression);
  /** Not Playwright's own way to wait, which evaluates in the page what its policy refuses. */
  const until = async (expression: string) => {
    for (const endMs = Date.now() + 10_000; (await state(expression)) !== true; ) {
      assert.ok(Date.now() < endMs, expression);
      await page.waitForTimeout(50);
    }
  };

  it('shows small pictures in the list, and large ones side by side', async () => {
    const small = "document.querySelector('[role=row] img[src*=a-picture]')?.naturalWidth > 0";
    await until(small);
    await page.getByRole('button', { name: 'Pictures' }).click();
    await page.waitForURL(/view=grid/);
    await until(
      "[...document.querySelectorAll('[role=row] img')].filter((image) => image.naturalWidth > 0).length === 2",
    );
    await page.getByRole('grid').press('ArrowRight');
    await page.getByRole('grid').press('ArrowRight');
    assert.deepEqual(await survey(page, 'files-grid'), []);
    await page.reload();
    await page.getByRole('row', { name: 'a-picture.png' }).click();
    await page.keyboard.press('Space');
    await dialog().getByRole('heading', { name: 'a-picture.png' }).waitFor();
    await press('Escape');
    await page.getByRole('button', { name: 'Pictures' }).click();
  });

  it('opens from the keyboard, and shows a picture', async () => {
    await page.getByRole('row', { name: 'a-picture.png' }).click();
    await press('Enter');
    await shows('a-picture.png', dialog().getByRole('img', { name: 'a-picture.png' }));
    await until("document.querySelector('[role=dialog] img').naturalWidth === 640");
    assert.deepEqual(await survey(page, 'preview-image'), []);
  });

  it('goes on with the arrow keys: a photo with what its camera wrote', async () => {
    await press('ArrowRight');
    await shows('b-photo.jpg', dialog().getByText(/Test Camera/));
  });

  it('shows a drawing as a picture that runs nothing, and as text', async () => {
    await press('ArrowRight');
    await shows('c-drawing.svg', dialog().getByRole('img', { name: 'c-drawing.svg' }));
    await dialog().getByText('foreignObject').first().waitFor();
    await until("document.querySelector('[role=dialog] img').complete");
    assert.deepEqual(await survey(page, 'preview-svg'), []);
  });

  it('plays film and sound, and seeks in them', async () => {
    for (const [name, kind] of [
      ['d-film.webm', 'video'],
      ['e-sound.wav', 'audio'],
    ] as const) {
      await press('ArrowRight');
      await shows(name, dialog().locator(kind));
      await until(`document.querySelector('${kind}').readyState >= 1`);
      await page.evaluate(`document.querySelector('${kind}').currentTime = 0.3`);
      await until(`!document.querySelector('${kind}').seeking && document.querySelector('${kind}').currentTime >= 0.2`);
    }
    assert.deepEqual(await survey(page, 'preview-audio'), []);
  });

  it('draws a document, with its text for those who have it read', async () => {
    await press('ArrowRight');
    await shows('f-report.pdf', dialog().getByRole('img', { name: 'Page 1 of 2' }));
    await dialog().getByText('Hello from page one').waitFor({ state: 'attached' });
    const dark = `(() => { const c = document.querySelector('canvas'); const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
      let n = 0; for (let i = 0; i < data.length; i += 4) if (data[i] < 100 && data[i + 3] > 0) n += 1; return n; })()`;
    await until(`${dark} > 50`);
    assert.deepEqual(await survey(page, 'preview-pdf'), []);
  });

  it('shows a page as its text, and code in colours, a part of a long one', async () => {
    await press('ArrowRight');
    await shows('g-page.html', dialog().getByText('top.hurt = 1'));
    assert.deepEqual(await survey(page, 'preview-code'), []);
    await press('ArrowRight');
    await shows('h-code.ts', dialog().locator('span.text-muted', { hasText: '// a note' }));
    await dialog()
      .getByText(/^The first 524/)
      .waitFor();
  });

  it('shows a table, a tree and a page of Markdown', async () => {
    await press('ArrowRight');
    await shows('i-table.csv', dialog().getByRole('cell', { name: 'Smith, Anna' }));
    await dialog().getByRole('columnheader', { name: 'bytes' }).waitFor();
    assert.deepEqual(await survey(page, 'preview-table'), []);
    await press('ArrowRight');
    await shows('j-data.json', dialog().getByText('"office"'));
    assert.deepEqual(await survey(page, 'preview-json'), []);
    await press('ArrowRight');
    await shows('k-readme.md', dialog().getByRole('heading', { name: 'Readme', exact: true }));
    assert.equal(await dialog().getByRole('link').count(), 1);
    await dialog().getByText('onerror="top.hurt=1"').waitFor();
    assert.deepEqual(await survey(page, 'preview-markdown'), []);
  });

  it('has words for what it cannot show', async () => {
    const expected = [
      ['l-unknown.bin', 'There is no preview for this kind of file.'],
      ['m-broken.pdf', 'This is no PDF document, or it is broken.'],
      ['n-broken.png', 'The browser cannot show this picture: its format is unknown to it, or the file is broken.'],
      ['o-empty.txt', 'This file is empty.'],
      ['p-notes', 'text without an ending'],
    ] as const;
    for (const [name, words] of expected) {
      await press('ArrowRight');
      await shows(name, dialog().getByText(words));
      if (name === 'l-unknown.bin') assert.deepEqual(await survey(page, 'preview-unknown'), []);
    }
    await press('ArrowRight');
    await page.getByText('This is the last file').waitFor();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('let nothing of it run with the origin of the console', async () => {
    assert.equal(await state('window.hurt'), undefined);
    for (const key of ['c-drawing.svg', 'g-page.html']) {
      const response = await client.send('POST', '/api/v1/buckets/office/content-links', { key });
      const { url } = (await response.json()) as { readonly url: string };
      const other = await page.context().newPage();
      // Opened by itself it is saved, never shown.
      await Promise.all([
        other.waitForEvent('download'),
        other.goto(`${server.consoleUrl}${url}`).catch(() => undefined),
      ]);
      await other.close();
    }
  });

  it('saves a selection as one archive', async () => {
    for (const name of ['a-picture.png', 'i-table.csv']) {
      await page.getByRole('row', { name }).locator('label').click();
    }
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as ZIP' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'office.zip');
    const path = join(folder, 'office.zip');
    await download.saveAs(path);
    const listed = spawnSync('python3', ['-m', 'zipfile', '-l', path], { encoding: 'utf8' });
    if (listed.status === 0) assert.match(listed.stdout, /a-picture\.png(?:.|\n)*i-table\.csv/);
  });

  it('saves a folder from its menu as one archive, and lists what is in it', async () => {
    await page.getByRole('button', { name: 'Actions for dir' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download as ZIP' }).click(),
    ]);
    const bytes = Uint8Array.from(await readFile(await download.path()));
    await putByApi(server, client, 'office', 'q-archive.zip', bytes);
    await page.reload();
    await page.getByRole('row', { name: 'q-archive.zip' }).click();
    await press('Space');
    await shows('q-archive.zip', dialog().getByText('dir/sub/two.txt'));
    assert.deepEqual(await survey(page, 'preview-archive'), []);
    await press('Space');
    await dialog().waitFor({ state: 'detached' });
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
