import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigError } from '../../../src-server/config/config-error.ts';
import { loadConfig } from '../../../src-server/config/load.ts';
import type { Config } from '../../../src-server/config/schema.ts';
import { loadTlsPair, SELF_SIGNED_KEY_FILE } from '../../../src-server/config/tls-pair.ts';

describe('loadTlsPair', () => {
  let dataDir: string;
  before(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stowage-tls-'));
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const configOf = (...args: string[]): Config => {
    const input = { args: ['--data-dir', dataDir, ...args], env: {}, cwd: dataDir, stderrIsTerminal: false };
    return loadConfig({ ...input, readTextFile: () => '' }).config;
  };

  it('is undefined without TLS', async () => {
    assert.equal(await loadTlsPair(configOf()), undefined);
  });

  it('makes a certificate that a client which trusts it accepts, by name and by address', async () => {
    const pair = await loadTlsPair(configOf('--tls-self-signed', '--domain', 's3.example.test'));
    assert.ok(pair !== undefined);
    const certificate = new X509Certificate(pair.cert);
    assert.equal(certificate.checkHost('bucket.s3.example.test'), '*.s3.example.test');
    assert.equal(certificate.checkIP('::1'), '::1');
    assert.equal(certificate.ca, false);
    const server = createServer(pair, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // The server listens on TCP, so its address is not a path.
    const { port } = server.address() as AddressInfo;
    for (const host of ['localhost', '127.0.0.1']) {
      const status = await new Promise((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          servername: host === 'localhost' ? host : '',
          port,
          ca: pair.cert,
          agent: false,
        };
        request(options, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      assert.equal(status, 200);
    }
    server.close();
    server.closeAllConnections();
  });

  it('keeps it, private, until a name is missing', async () => {
    const config = configOf('--tls-self-signed', '--domain', 's3.example.test');
    const first = await loadTlsPair(config);
    assert.deepEqual(await loadTlsPair(config), first);
    assert.equal(statSync(join(dataDir, SELF_SIGNED_KEY_FILE)).mode & 0o777, 0o600);
    const other = await loadTlsPair(configOf('--tls-self-signed', '--domain', 'other.example.test'));
    assert.notDeepEqual(other, first);
  });

  it('takes a pair of files, refuses halves that do not fit and files that are not there', async () => {
    const one = await loadTlsPair(configOf('--tls-self-signed'));
    const two = await loadTlsPair(configOf('--tls-self-signed', '--domain', 'again.example.test'));
    assert.ok(one !== undefined && two !== undefined);
    writeFileSync(join(dataDir, 'c.pem'), one.cert);
    writeFileSync(join(dataDir, 'k.pem'), one.key);
    writeFileSync(join(dataDir, 'other.pem'), two.key);
    const load = (cert: string, key: string) => loadTlsPair(configOf('--tls-cert', cert, '--tls-key', key));
    assert.deepEqual(await load('c.pem', 'k.pem'), one);
    await assert.rejects(load('c.pem', 'other.pem'), ConfigError);
    await assert.rejects(load('c.pem', 'c.pem'), ConfigError);
    await assert.rejects(load('none.pem', 'k.pem'), /^ConfigError: tls\.cert: .*none\.pem cannot be read \(ENOENT\)$/);
  });
});
