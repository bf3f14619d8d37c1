import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start } from '../contract-cli/fixtures/run-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ASSETS = join(ROOT, 'assets');
const skip = existsSync(join(ROOT, 'dist', 'server', 'main.js')) ? false : 'the server is not built';

describe('server without the project', { skip, timeout: 120_000 }, () => {
  it('runs from the folder that service and container use, on the Node inside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-folder-'));
    try {
      const target = join(folder, 'stowage');
      const copy = start(process.execPath, [join(ROOT, 'scripts', 'package', 'server-folder.mjs'), target]);
      assert.equal((await copy.finished()).code, 0);
      const data = join(folder, 'data');
      mkdirSync(data);
      const addresses = ['--s3-address', '127.0.0.1:0', '--console-address', '127.0.0.1:0'];
      const node = join(target, 'node', 'bin', 'node');
      const server = start(node, [join(target, 'dist/server/main.js'), 'serve', '--data-dir', data, ...addresses]);
      await server.seen('stdout', '\n');
      const ready: { console: string } = JSON.parse(server.stdout());
      assert.equal((await fetch(`${ready.console}/health/ready`)).status, 200);
      assert.match(await (await fetch(ready.console)).text(), /<div id="root">/);
      server.child.kill('SIGTERM');
      assert.equal((await server.finished()).code, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('unit and container start it where the copy puts it', () => {
    const unit = readFileSync(join(ASSETS, 'linux', 'stowage.service'), 'utf8');
    assert.match(unit, /^ExecStart=\/opt\/stowage\/node\/bin\/node \/opt\/stowage\/dist\/server\/main\.js serve /m);
    const dockerfile = readFileSync(join(ASSETS, 'docker', 'Dockerfile'), 'utf8');
    assert.match(dockerfile, /"\/stowage\/node\/bin\/node", "\/stowage\/dist\/server\/main\.js"/);
    assert.match(dockerfile, /^USER stowage$/m);
    for (const path of [...dockerfile.matchAll(/scripts\/[\w/.-]+/g)])
      assert.ok(existsSync(join(ROOT, path[0])), path[0]);
  });
});
