import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ConsoleClient, signInTo } from '../../support/console-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';

const NAME = 'anna';
const PASSWORD = 'correct horse battery staple';

/** Claims a fresh install, signs this page in as its administrator, and answers an API client of the same person. */
export async function claimAndSignIn(server: ServerProcess, page: Page): Promise<ConsoleClient> {
  const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
  const response = await fetch(`${server.consoleUrl}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: NAME, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`the install was not claimed: ${await response.text()}`);
  await page.goto(`${server.consoleUrl}/sign-in`);
  await page.getByLabel('User name').fill(NAME);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return signInTo(server.consoleUrl, NAME, PASSWORD);
}

/** Stores an object through the console's API. Throws where that fails. */
export async function putByApi(
  server: ServerProcess,
  client: ConsoleClient,
  bucket: string,
  key: string,
  body: string | Uint8Array<ArrayBuffer>,
  contentType = 'application/octet-stream',
): Promise<void> {
  const url = `${server.consoleUrl}/api/v1/buckets/${bucket}/object?key=${encodeURIComponent(key)}`;
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrfToken, 'content-type': contentType };
  const response = await fetch(url, { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`${key} was not stored: ${await response.text()}`);
}
