import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { signInTo } from '../support/console-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ADMIN_PASSWORD, signInThrough } from './support/admin.ts';
import { complaintsOf, launch, noBrowser, survey } from './support/browser.ts';

describe('groups, policies, roles and the simulator in a browser', {
  skip: noBrowser && `skipped: ${noBrowser}`,
}, () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  before(async () => {
    server = await startServerProcess();
    browser = await launch();
    page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
    await signInThrough(page, server);
    const { send } = await signInTo(server.consoleUrl, 'anna', ADMIN_PASSWORD);
    await send('POST', '/api/v1/buckets', { name: 'office' });
    const person = { name: 'bert', displayName: 'Bert Berg', role: 'none', password: ADMIN_PASSWORD };
    assert.equal((await send('POST', '/api/v1/people', person)).status, 201);
    await page.goto(`${server.consoleUrl}/people`);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const tab = (name: string) => page.getByRole('navigation', { name: 'People & keys' }).getByRole('link', { name });
  const panel = () => page.getByRole('complementary');
  const dialog = () => page.getByRole('dialog');

  it('makes a policy from a template, after the server said what was wrong with it', async () => {
    await tab('Policies').click();
    await page.getByText('AmazonS3ReadOnlyAccess').waitFor();
    await page.getByRole('button', { name: 'Create policy' }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).fill('nightly-backup');
    await dialog().getByLabel('Policy text').fill('{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}');
    await dialog().getByRole('button', { name: 'Create policy' }).click();
    await dialog().getByText('This policy cannot be used').waitFor();
    assert.deepEqual(await survey(page, 'policy-wrong'), []);
    await dialog().getByLabel('Start from').selectOption('Backup program that cannot delete');
    assert.match(await dialog().getByLabel('Policy text').inputValue(), /arn:aws:s3:::office\/\*/);
    assert.deepEqual(await survey(page, 'policy-create'), []);
    await dialog().getByRole('button', { name: 'Create policy' }).click();
    await panel().getByRole('heading', { name: 'nightly-backup' }).waitFor();
    await panel().getByText('NeverDelete').waitFor();
    assert.deepEqual(await survey(page, 'policy'), []);
  });

  it('makes a group with a member and the policy', async () => {
    await tab('Groups').click();
    await page.getByRole('heading', { name: 'No groups yet' }).waitFor();
    assert.deepEqual(await survey(page, 'groups-empty'), []);
    await page.getByRole('button', { name: 'Create group' }).click();
    await dialog().getByLabel('Name').fill('backups');
    await dialog().getByRole('button', { name: 'Create group' }).click();
    await panel().getByLabel('Add somebody').selectOption('Bert Berg');
    await panel().getByRole('link', { name: 'Bert Berg' }).waitFor();
    await panel().getByLabel('Attach a policy').selectOption('nightly-backup');
    await panel().getByRole('link', { name: 'nightly-backup' }).waitFor();
    await page.getByRole('row', { name: /backups 1 1/ }).waitFor();
    assert.deepEqual(await survey(page, 'group'), []);
  });

  it('shows in a person what policies say of them, and sets a boundary', async () => {
    await panel().getByRole('link', { name: 'Bert Berg' }).click();
    await panel().getByRole('link', { name: 'backups' }).waitFor();
    await panel().getByLabel('At most').selectOption('nightly-backup');
    await panel().getByRole('button', { name: 'Write policy' }).click();
    await dialog().getByLabel('Name of the policy').fill('reads');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await panel().getByRole('button', { name: 'reads', exact: true }).waitFor();
    assert.deepEqual(await survey(page, 'person-policies', 1600), []);
  });

  it('answers who may do what, and leads to the statement that decides', async () => {
    await tab('Simulator').click();
    await page.getByLabel('Who').selectOption('Member of a group');
    await page.getByLabel('Group', { exact: true }).selectOption('backups');
    await page.getByLabel('Member', { exact: true }).selectOption('Bert Berg');
    await page.getByLabel('Bucket').selectOption('office');
    await page.getByLabel('File').fill('a.txt');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('Allowed', { exact: true }).waitFor();
    assert.deepEqual(await survey(page, 'simulator-allowed'), []);
    await page.getByLabel('Does what').selectOption('Delete a file');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('Denied', { exact: true }).waitFor();
    await page.getByText('(NeverDelete)').waitFor();
    assert.deepEqual(await survey(page, 'simulator-denied'), []);
    await page.getByRole('link', { name: 'Open policy' }).click();
    await panel().getByRole('heading', { name: 'nightly-backup' }).waitFor();
    await panel().getByRole('link', { name: 'backups' }).waitFor();
  });

  it('changes a policy into a new version, compares and goes back', async () => {
    await panel().getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Start from').selectOption('Read one bucket');
    await dialog().getByRole('button', { name: 'Save as new version' }).click();
    await dialog().waitFor({ state: 'detached' });
    await panel().getByRole('button', { name: 'Compare' }).click();
    await dialog().getByText('NeverDelete').waitFor();
    assert.deepEqual(await survey(page, 'policy-compare'), []);
    await dialog().getByRole('button', { name: 'Put version 1 in force' }).click();
    await dialog().waitFor({ state: 'detached' });
    await panel().getByText('NeverDelete').waitFor();
  });

  it('makes a role that the account may take', async () => {
    await tab('Roles').click();
    await page.getByRole('button', { name: 'Create role' }).click();
    await dialog().getByLabel('Name').fill('nightly');
    await dialog().getByLabel('What is it for?').fill('For the nightly backup');
    assert.deepEqual(await survey(page, 'role-create'), []);
    await dialog().getByRole('button', { name: 'Create role' }).click();
    await panel().getByText('sts:AssumeRole').waitFor();
    await panel().getByLabel('Attach a policy').selectOption('nightly-backup');
    await panel().getByRole('link', { name: 'nightly-backup' }).waitFor();
    assert.deepEqual(await survey(page, 'role'), []);
    await panel().getByRole('button', { name: 'Delete role' }).click();
    await dialog().getByRole('button', { name: 'Delete role' }).click();
    await dialog().getByText('It is still in use').waitFor();
    await page.keyboard.press('Escape');
  });

  it('makes a tenant with limits, shows what is used of them, and suspends it', async () => {
    await tab('Tenants').click();
    await page.getByRole('heading', { name: 'No tenants yet' }).waitFor();
    await page.getByRole('button', { name: 'Create tenant' }).click();
    await dialog().getByLabel('Name').fill('acme');
    await dialog().getByLabel('Space').fill('2');
    await dialog().getByLabel('Buckets at most').fill('20');
    assert.deepEqual(await survey(page, 'tenant-create'), []);
    await dialog().getByRole('button', { name: 'Create tenant' }).click();
    await panel().getByRole('meter', { name: 'Space' }).waitFor();
    await panel().getByText('0 of 20').waitFor();
    assert.deepEqual(await survey(page, 'tenant'), []);
    await panel().getByRole('button', { name: 'Suspend tenant' }).click();
    await dialog().getByRole('button', { name: 'Suspend tenant' }).click();
    await panel().getByRole('button', { name: 'Let in again' }).click();
    await panel().getByRole('button', { name: 'Suspend tenant' }).waitFor();
  });

  it('never broke its own policy and threw nothing', () => assert.deepEqual(complaints, []));
});
