import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ServerProcess } from '../../support/server-process.ts';

const PASSWORD = 'correct horse battery staple';

/** Makes the first admin, anna, and a bucket without versions, office, by the API. */
export async function claim(server: ServerProcess): Promise<void> {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.consoleUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
  await post('/api/v1/setup', { token, name: 'anna', password: PASSWORD });
  const session = await post('/api/v1/session', { name: 'anna', password: PASSWORD });
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const made = await post(
    '/api/v1/buckets',
    { name: 'office', versioning: false },
    { cookie, 'x-csrf-token': csrfToken },
  );
  assert.equal(made.status, 201);
}

/** Signs in as that admin, on the page that asks for it. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ state: 'detached' });
}
