import './support/use-fake-electron.ts';
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { HostThumbnails } from '../../src-server/cli/host-thumbnails.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { ThumbnailProcess } from '../../src-server/services/thumbnails/thumbnail-process.ts';
import { fakes } from './support/fake-electron.ts';

// Not before the hook: this is what imports Electron.
const { ThumbnailProcesses, isThumbnailOrder } = await import('../../src-main/server/thumbnail-processes.ts');

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
});
