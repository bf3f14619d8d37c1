import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

const PASSWORD = 'correct horse battery staple';
const NAMES = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];

describe('every key of the sheet', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: [{ name: 'anna', role: 'admin', password: PASSWORD }],
      buckets: [{ name: 'office', owner: 'anna' }],
    });
    for (const name of NAMES) {
      await server.client.send(
        new PutObjectCommand({
          Bucket: 'office',
          Key: `docs/${name}`,
          Body: `text of ${name}`,
          ContentType: 'text/plain',
        }),
      );
    }
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
    await page.goto(`${server.consoleUrl}/buckets`);
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Buckets' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const press = (key: string) => page.keyboard.press(key);
  const row = (name: string) => page.getByRole('row', { name });
  const dialog = (name?: string | RegExp) => page.getByRole('dialog', name === undefined ? {} : { name });
  const closed = () => dialog().waitFor({ state: 'detached' });
  const selected = (count: number) => page.getByText(`${count} selected`).waitFor();
  const heading = (name: string) => dialog().getByRole('heading', { name }).waitFor();
  /** The row that the list says is the active one. */
  const active = async (name: string) => {
    const id = await page.getByRole('grid').getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`[id="${id}"]`).getByText(name).count(), 1, `${name} is not active`);
  };
  /** The list anew, its first row active. */
  const list = async () => {
    await page.goto(`${server.consoleUrl}/files/office/docs`);
    await row('a.txt').waitFor();
    await page.getByRole('grid').focus();
    await press('Home');
  };

  /** What is seen after each key: one row here for one of the sheet. */
  const effects: Readonly<Record<string, () => Promise<void>>> = {
    'Everywhere: Ctrl K': async () => {
      await press('Control+k');
      await dialog('Search everything').waitFor();
      await press('Escape');
      await closed();
    },
    'Everywhere: ?': async () => {
      await press('?');
      await dialog('Keyboard shortcuts').waitFor();
      await press('Escape');
      await closed();
    },
    'Everywhere: Esc': async () => {
      await list();
      await press('x');
      await selected(1);
      await press('?');
      await dialog('Keyboard shortcuts').waitFor();
      await press('Escape');
      await closed();
      // The top thing only: what was selected below it stays.
      await selected(1);
      await page.getByRole('grid').focus();
      await press('Escape');
      await page.getByText('1 selected').waitFor({ state: 'detached' });
    },
    'In a list of files: ↑ ↓': async () => {
      await list();
      await press('ArrowDown');
      await active('b.txt');
      await press('ArrowUp');
      await active('a.txt');
    },
    'In a list of files: Home End': async () => {
      await list();
      await press('End');
      await active('d.txt');
      await press('Home');
      await active('a.txt');
    },
    'In a list of files: Shift ↓': async () => {
      await list();
      await press('Shift+ArrowDown');
      await selected(2);
    },
    'In a list of files: X': async () => {
      await list();
      await press('x');
      await selected(1);
      await press('x');
      await page.getByText('1 selected').waitFor({ state: 'detached' });
    },
    'In a list of files: Ctrl A': async () => {
      await list();
      await press('Control+a');
      await selected(4);
    },
    'In a list of files: Enter': async () => {
      await list();
      await press('Enter');
      await heading('a.txt');
      await press('Escape');
      await closed();
      await page.goto(`${server.consoleUrl}/files/office`);
      await row('docs').waitFor();
      await page.getByRole('grid').focus();
      await press('Home');
      await press('Enter');
      await row('a.txt').waitFor();
    },
    'In a list of files: Space': async () => {
      await list();
      await press('Space');
      await heading('a.txt');
    },
    'In a list of files: I': async () => {
      await list();
      await press('i');
      await page.getByRole('complementary', { name: 'Details of a.txt' }).waitFor();
    },
    'In a list of files: Shift F10': async () => {
      await list();
      await press('Shift+F10');
      await page.getByRole('menuitem', { name: /^Rename/ }).waitFor();
    },
    'In a list of files: S': async () => {
      await list();
      await press('s');
      await dialog().getByText('Whoever has the link can download a.txt').waitFor();
    },
    'In a list of files: F2': async () => {
      await list();
      await press('F2');
      assert.equal(await dialog().getByRole('textbox').inputValue(), 'a.txt');
    },
    'In a list of files: Del': async () => {
      await list();
      await press('End');
      await press('Delete');
      await row('d.txt').waitFor({ state: 'detached' });
    },
    'In a list of files: ⌫': async () => {
      await list();
      await press('Backspace');
      await row('docs').waitFor();
    },
    'In a preview: ← →': async () => {
      await list();
      await press('Space');
      await heading('a.txt');
      await press('ArrowRight');
      await heading('b.txt');
      await press('ArrowLeft');
      await heading('a.txt');
    },
    'In a preview: Space': async () => {
      await list();
      await press('Space');
      await heading('a.txt');
      await press('Space');
      await closed();
    },
  };

  it('has a test here', async () => {
    await press('?');
    await dialog('Keyboard shortcuts').waitFor();
    assert.deepEqual(await survey(page, 'shortcuts'), []);
    const sections = await dialog().locator('section').all();
    const keys = await Promise.all(
      sections.map(async (section) => {
        const where = await section.getByRole('heading').innerText();
        const lines = await section.locator('dt').all();
        return Promise.all(
          lines.map(async (line) => `${where}: ${(await line.locator('kbd').allInnerTexts()).join(' ')}`),
        );
      }),
    );
    assert.deepEqual(keys.flat().sort(), Object.keys(effects).sort());
    await press('Escape');
    await closed();
  });

  for (const [name, effect] of Object.entries(effects)) it(name, effect);

  it('broke nothing', () => assert.deepEqual(complaints, []));
});
