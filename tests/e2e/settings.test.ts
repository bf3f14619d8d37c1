import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { signInTo } from '../support/console-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ADMIN_PASSWORD, signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey, violationsOf } from './support/browser.ts';

/** Tall enough for the whole page. */
const WHOLE_PAGE = 3_100;
const PASSPHRASE = 'seven bridges over the cold river';

/** What the preload script of the desktop app puts there, as far as this page asks it. */
const DESKTOP = `{
  let startsAtLogin = false;
  window.stowageDesktop = {
    describe: async () => ({ platform: 'linux', version: '1.2.3', ownsServer: true, keyIn: 'keychain', startsAtLogin }),
    setStartAtLogin: async ({ isWanted }) => { startsAtLogin = isWanted; },
    reportTransfers: async () => undefined,
    notify: async () => undefined,
  };
}`;

describe('settings in a browser', { skip: noBrowser && `skipped: ${noBrowser}` }, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-test-'));
  before(async () => {
    server = await startServerProcess({ dataDir });
    browser = await launch();
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
    await signInThrough(page, server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const line = (name: string) => page.getByRole('region', { name, exact: true });
  const change = (name: string) => line(name).getByRole('button', { name: 'Change' }).click();
  const save = (name: string) => line(name).getByRole('button', { name: 'Save' }).click();

  it('shows every setting with its default, where it comes from and when it takes effect', async () => {
    await page.goto(server.consoleUrl);
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await line('Durability').getByText('a power cut loses nothing').waitFor();
    await line('Region').getByText('This is the default').waitFor();
    await line('Region').getByText('takes effect at the next start').waitFor();
    await line('S3 address').getByText('Set by the option --s3-address').waitFor();
    assert.equal(await line('S3 address').getByRole('button').count(), 0);
    await page.getByText('Nothing was changed here').waitFor();
    assert.deepEqual(await survey(page, 'settings', WHOLE_PAGE), []);
  });

  it('changes durability at once, by keyboard', async () => {
    await line('Durability').getByRole('button', { name: 'Change' }).focus();
    await page.keyboard.press('Enter');
    await line('Durability')
      .getByRole('radio', { name: /^Strict/ })
      .focus();
    await page.keyboard.press('ArrowDown');
    await line('Durability').getByText('up to a second before a power cut').waitFor();
    assert.deepEqual(await survey(page, 'settings-form', WHOLE_PAGE), []);
    await page.keyboard.press('Enter');
    await line('Durability').getByRole('button', { name: 'Change' }).waitFor();
    await line('Durability').getByText('may lose the last second').waitFor();
    await line('Durability').getByText('changed by').waitFor();
    await page.getByText('Durability to Balanced').waitFor();
  });

  it('says what waits for a restart, and why a value is refused', async () => {
    await change('Region');
    await line('Region').getByLabel('Region').fill('Not A Region');
    await save('Region');
    await line('Region').getByRole('alert').getByText('lower-case').waitFor();
    await line('Region').getByLabel('Region').fill('eu-central-1');
    await save('Region');
    await line('Region').getByText('From the next start: eu-central-1').waitFor();
    await page.getByText('1 setting waits for a restart').waitFor();
    await change('Bin');
    await line('Bin').getByLabel('Days').fill('some');
    await save('Bin');
    await line('Bin').getByText('A number is wanted').waitFor();
    await line('Bin').getByLabel('Days').fill('7');
    await save('Bin');
    await page.getByText('2 settings wait for a restart').waitFor();
    await change('TLS');
    await line('TLS').getByText('Certificate from files').click();
    await line('TLS').getByLabel('Certificate file').fill('/nowhere/cert.pem');
    await line('TLS').getByLabel('Private key file').fill('/nowhere/key.pem');
    await save('TLS');
    await line('TLS').getByText('cannot be read').waitFor();
    assert.deepEqual(await survey(page, 'settings-waiting', WHOLE_PAGE), []);
    await line('TLS').getByText('Own certificate').click();
    await save('TLS');
    await page.getByText('3 settings wait for a restart').waitFor();
  });

  it('undoes the latest change of a setting and puts one back to its default', async () => {
    await page.getByRole('button', { name: /^Undo: .*TLS/ }).click();
    await page.getByText('2 settings wait for a restart').waitFor();
    await change('Bin');
    await line('Bin').getByRole('button', { name: 'Back to the default (30 days)' }).click();
    await page.getByText('1 setting waits for a restart').waitFor();
  });

  it('finds settings by what they are called and what they do', async () => {
    const search = page.getByRole('searchbox', { name: 'Search settings' });
    await search.fill('power cut');
    await line('Durability').waitFor();
    assert.equal(await line('Region').count(), 0);
    await search.fill('tls.cert');
    await line('TLS').waitFor();
    await search.fill('nothing of the kind');
    await page.getByText('No setting found').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'Show all settings' }).click();
    await line('Region').waitFor();
  });

  it('lets a support bundle be read, cut and saved', async () => {
    await page.getByRole('button', { name: 'Put together and read' }).click();
    const dialog = page.getByRole('dialog', { name: 'Support bundle' });
    await dialog.getByRole('button', { name: 'Show: Settings and where they come from' }).click();
    await dialog.getByText('from option --s3-address').waitFor();
    assert.deepEqual(await survey(page, 'settings-bundle'), []);
    await dialog.getByText('Newest lines of the log').click();
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Download/ }).click();
    const file = await saved;
    assert.match(file.suggestedFilename(), /^stowage-support-\d{4}-\d\d-\d\d\.txt$/);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /===== about =====\nStowage /);
    assert.ok(text.includes('===== metrics =====') && !text.includes('===== log ====='));
    assert.ok(!text.includes(server.rootCredentials.secretAccessKey));
  });

  let configurationFile: string;

  it('exports the configuration into a sealed file, after the password again', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export the configuration' });
    await dialog.getByLabel('Your password').fill('not my password');
    await dialog.getByLabel('Passphrase for the file').fill('aaaaaaaaaaaa');
    await dialog.getByText('Weak: a few days').waitFor();
    await dialog.getByLabel('Passphrase for the file').fill(PASSPHRASE);
    await dialog.getByText('Strong').waitFor();
    await dialog.getByRole('button', { name: 'Save file' }).click();
    await dialog.getByText('The two differ').waitFor();
    await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Save file' }).click();
    await dialog.getByText('Password or code is wrong').waitFor();
    assert.deepEqual(await survey(page, 'settings-export'), []);
    await dialog.getByLabel('Your password').fill(ADMIN_PASSWORD);
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save file' }).click();
    const file = await saved;
    assert.match(file.suggestedFilename(), /^stowage-configuration-\d{4}-\d\d-\d\d\.stowage$/);
    configurationFile = join(dataDir, 'moved.stowage');
    await file.saveAs(configurationFile);
    await page.getByText('exported the configuration with all secrets').waitFor();
  });

  it('rehearses a configuration file and takes it in', async () => {
    await change('Region');
    await line('Region').getByLabel('Region').fill('eu-north-1');
    await save('Region');
    await line('Region').getByText('From the next start: eu-north-1').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a configuration' });
    await dialog.locator('input[type=file]').setInputFiles(configurationFile);
    await dialog.getByLabel('Passphrase of the file').fill('not the passphrase');
    await dialog.getByRole('button', { name: 'Show what it would do' }).click();
    await dialog.getByText('The passphrase is wrong, or the file was damaged.').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await dialog.getByLabel('Passphrase of the file').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Show what it would do' }).click();
    await dialog.getByText('1 would be changed').waitFor();
    await dialog.getByText('Region').waitFor();
    assert.deepEqual(await survey(page, 'settings-import-rehearsal'), []);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    const done = page.getByRole('dialog', { name: 'Configuration imported' });
    await done.getByText('1 changed').waitFor();
    await done.getByRole('button', { name: 'Close' }).click();
    await line('Region').getByText('From the next start: eu-central-1').waitFor();
    await page.getByText('imported a configuration file').waitFor();
  });

  it('keeps what is stored over a restart, and then nothing waits', async () => {
    await server.stop();
    server = await startServerProcess({ dataDir });
    await page.goto(`${server.consoleUrl}/settings`);
    await line('Region').getByText('eu-central-1', { exact: true }).waitFor();
    await line('Durability').getByText('may lose the last second').waitFor();
    assert.equal(await page.getByText('for a restart').count(), 0);
  });

  it('has what the desktop app keeps about this computer', async () => {
    const shell = await browser.newContext({ locale: 'de-DE' });
    await shell.addCookies(await page.context().cookies());
    await shell.addInitScript(DESKTOP);
    const window = await shell.newPage();
    await window.goto(`${server.consoleUrl}/settings`);
    const start = window.getByRole('checkbox', { name: /Stowage starten/ });
    await start.waitFor();
    assert.equal(await start.isChecked(), false);
    await start.focus();
    await window.keyboard.press('Space');
    await window.getByText('im Schlüsselbund dieses Computers').waitFor();
    await start.and(window.locator(':checked')).waitFor();
    assert.deepEqual(await violationsOf(window), []);
    await shell.close();
  });

  it('says who may not see it', async () => {
    const admin = await signInTo(server.consoleUrl, 'anna', ADMIN_PASSWORD);
    const user = { name: 'bert', displayName: 'Bert', role: 'user', password: ADMIN_PASSWORD };
    assert.equal((await admin.send('POST', '/api/v1/people', user)).status, 201);
    const { cookie } = await signInTo(server.consoleUrl, 'bert', ADMIN_PASSWORD);
    const [name = '', value = ''] = cookie.split('=');
    const context = await browser.newContext({ locale: 'en-GB' });
    await context.addCookies([{ name, value, url: server.consoleUrl }]);
    const refused = await context.newPage();
    await refused.goto(`${server.consoleUrl}/settings`);
    await refused.getByText('You do not have the right').waitFor();
    const rail = refused.getByRole('navigation').first();
    assert.equal(await rail.getByRole('link', { name: 'Settings', exact: true }).count(), 0);
    await context.close();
  });

  it('complains of nothing', () => {
    assert.deepEqual(complaints, []);
  });
});
