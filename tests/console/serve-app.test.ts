import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Koa from 'koa';
import { PAGE_POLICY, serveApp } from '../../src-server/console/static/serve-app.ts';

const HTML = { accept: 'text/html,*/*;q=0.8' };

describe('the console app as the console port serves it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-app-'));
  let server: Server;
  let url: string;
  before(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>page');
    writeFileSync(join(folder, 'assets', 'a-1f2e.js'), 'x();'.repeat(500));
    server = createServer(new Koa().use(serveApp(folder)).callback());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });

  it('keeps assets for good and packs them', async () => {
    const response = await get('/assets/a-1f2e.js');
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.equal(await response.text(), 'x();'.repeat(500));
    const plain = await get('/assets/a-1f2e.js', { 'accept-encoding': 'identity' });
    assert.equal(plain.headers.get('content-encoding'), null);
  });

  for (const path of ['/', '/buckets', '/files/office/2026/a.pdf', '/index.html']) {
    it(`answers a browser's ${path} with the page, under its policy, never kept`, async () => {
      const response = await get(path, HTML);
      assert.equal(await response.text(), '<!doctype html>page');
      assert.equal(response.headers.get('cache-control'), 'no-cache');
      assert.equal(response.headers.get('content-security-policy'), PAGE_POLICY);
    });
  }

  for (const path of ['/api/v1/nothing', '/assets/b-0000.js', '/content/x', '/health/x', '/metrics']) {
    it(`leaves ${path} alone`, async () => assert.equal((await get(path, HTML)).status, 404));
  }

  it('has no page for a program, for another method, nor a file from elsewhere', async () => {
    assert.equal((await get('/buckets')).status, 404);
    assert.equal((await fetch(`${url}/buckets`, { method: 'POST', headers: HTML })).status, 404);
    assert.equal((await get('/assets/..%2f..%2findex.html')).status, 404);
  });

  it('says so where nothing was built', async () => {
    const empty = createServer(new Koa().use(serveApp(join(folder, 'none'))).callback()).listen(0, '127.0.0.1');
    await once(empty, 'listening');
    const address = empty.address();
    const response = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`, {
      headers: HTML,
    });
    assert.equal(response.status, 503);
    assert.match(await response.text(), /not built/);
    empty.close();
  });
});
