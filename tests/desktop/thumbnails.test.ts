import './support/use-fake-electron.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { HostThumbnails } from '../../src-server/cli/host-thumbnails.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { ThumbnailProcess } from '../../src-server/services/thumbnails/thumbnail-process.ts';
import { signInTo } from '../support/console-client.ts';
import { fakes } from './support/fake-electron.ts';

// Not before the hook: this is what imports Electron.
const { ThumbnailProcesses, isThumbnailOrder } = await import('../../src-main/server/thumbnail-processes.ts');
const { startUtilityServer } = await import('../../src-main/server/utility-server.ts');

const PASSWORD = 'correct horse battery staple';

/** The server's end and the main process's, as if the two were one process. */
function pair() {
  const server = new HostThumbnails((event) => {
    assert.ok(isThumbnailOrder(event));
    main.obey(event);
  });
  const main = new ThumbnailProcesses((request) => {
    assert.ok(request.type === 'thumbnails-say' || request.type === 'thumbnails-ended');
    server.hear(request);
  });
  return { server, main };
}

describe('thumbnails of the desktop app', { timeout: 60_000 }, () => {
  fakes.reset('');
  after(() => {
    for (const child of fakes.children) if (!child.hasExited) child.process.kill('SIGKILL');
  });
  const log = createLogger({ format: 'json', level: 'fatal' });
  const picture = async () => {
    const bytes = await sharp({ create: { width: 900, height: 300, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    // As bodies come: in memory that threads share.
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  };
  async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 100);
    yield bytes.subarray(100);
  }

  it('are made in a process that the main process starts, again after it died', async () => {
    const { server, main } = pair();
    const maker = new ThumbnailProcess(log, server.start);
    for (let round = 1; round <= 2; round += 1) {
      const made = await maker.make(pieces(await picture()), 320);
      assert.ok(made.kind === 'made', made.kind);
      const { width, height, format } = await sharp(made.bytes).metadata();
      assert.deepEqual([format, width, height], ['webp', 320, 107]);
      assert.equal(fakes.children.length, round);
      const [child] = fakes.children.slice(-1);
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child?.process.kill('SIGKILL');
      await ended;
    }
    assert.deepEqual(await maker.make(pieces(Buffer.from('no picture at all'.repeat(20))), 320), { kind: 'refused' });
    const [last] = fakes.children.slice(-1);
    const ended = new Promise((resolve) => last?.once('exit', resolve));
    main.stop();
    await ended;
    maker.stop();
  });

  it('reach the console of a server that runs as a utility process', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-desktop-'));
    const before = { ...process.env };
    Object.assign(process.env, {
      STOWAGE_DATA_DIR: folder,
      STOWAGE_S3_ADDRESS: '127.0.0.1:0',
      STOWAGE_CONSOLE_ADDRESS: '127.0.0.1:0',
    });
    const stderr = new PassThrough();
    stderr.resume();
    const ready = Promise.withResolvers<{ console: string; setupToken: string | null }>();
    const ended = Promise.withResolvers<void>();
    const first = fakes.children.length;
    const server = startUtilityServer(
      { masterKey: undefined, log: stderr },
      { onEvent: (event) => event.type === 'ready' && ready.resolve(event), onExit: () => ended.resolve() },
    );
    t.after(async () => {
      server.send({ type: 'shutdown', graceMs: 1000 });
      await ended.promise;
      process.env = before;
      rmSync(folder, { recursive: true, force: true });
    });
    const { console: url, setupToken: token } = await ready.promise;
    await fetch(`${url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'anna', password: PASSWORD }),
    });
    const anna = await signInTo(url, 'anna', PASSWORD);
    await anna.send('POST', '/api/v1/buckets', { name: 'office', versioning: false });
    const stored = await fetch(`${url}/api/v1/buckets/office/object?key=a.jpg`, {
      method: 'PUT',
      headers: { cookie: anna.cookie, 'x-csrf-token': anna.csrfToken, 'content-type': 'image/jpeg' },
      body: Buffer.from(await picture()),
    });
    assert.equal(stored.status, 201);
    const answer = await anna.send('GET', '/api/v1/buckets/office/thumbnail?key=a.jpg');
    assert.equal(answer.status, 200);
    assert.equal((await sharp(await answer.bytes()).metadata()).format, 'webp');
    assert.equal(fakes.children.length - first, 2, 'the server, and the process it asked for');
  });
});
