import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { signInTo } from '../../support/console-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';

export const ADMIN_PASSWORD = 'correct horse battery staple';

/** Claims a new server for the admin `anna` and gives the page her session, without a form; the setup counts as done. */
export async function signInThrough(page: Page, server: ServerProcess): Promise<void> {
  const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
  await fetch(`${server.consoleUrl}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'anna', password: ADMIN_PASSWORD }),
  });
  const { cookie, send } = await signInTo(server.consoleUrl, 'anna', ADMIN_PASSWORD);
  await send('PUT', '/api/v1/setup/wizard', { state: null });
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: server.consoleUrl, httpOnly: true, sameSite: 'Strict' }]);
}
