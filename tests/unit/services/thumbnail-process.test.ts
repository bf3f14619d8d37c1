import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createLogger } from '../../../src-server/observability/logger.ts';
import { forkThumbnailChild } from '../../../src-server/services/thumbnails/fork-thumbnail-child.ts';
import { ThumbnailProcess } from '../../../src-server/services/thumbnails/thumbnail-process.ts';

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('the process that makes thumbnails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-thumbnails-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const log = createLogger({ format: 'json', level: 'fatal' });
  const started = (name: string, source: string) => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, source);
    return new ThumbnailProcess(log, forkThumbnailChild(log, pathToFileURL(path)));
  };

  it('is given up where the library does not load', async () => {
    const maker = started(
      'unavailable',
      "process.send({ kind: 'unavailable', reason: 'no such module' }); setInterval(() => {}, 1000);",
    );
    assert.deepEqual(await maker.make(bytesOf('x'), 100), { kind: 'unavailable' });
    assert.equal(maker.isAvailable, false);
  });

  it('starts anew after it died over a picture, and rests after it died too often', async () => {
    const source = `let all = '';
process.on('message', ({ kind, bytes }) => {
  if (kind === 'bytes') all += Buffer.from(bytes).toString();
  else if (all === 'deadly') process.exit(1);
  else { process.send({ kind: 'made', bytes: Buffer.from(all + ' small') }); all = ''; }
});
process.send({ kind: 'ready' });`;
    const maker = started('mortal', source);
    for (let death = 0; death < 5; death += 1) {
      assert.deepEqual(await maker.make(bytesOf('deadly'), 100), { kind: 'refused' });
      if (death === 4) break;
      const made = await maker.make(bytesOf('harmless'), 100);
      assert.ok(made.kind === 'made' && Buffer.from(made.bytes).toString() === 'harmless small');
    }
    assert.deepEqual(await maker.make(bytesOf('harmless'), 100), { kind: 'later' });
    maker.stop();
  });

  it('passes on what reading the picture throws, and forgets the half of it', async () => {
    const source = `let all = '';
process.on('message', ({ kind, bytes }) => {
  if (kind === 'bytes') all += Buffer.from(bytes).toString();
  else process.send({ kind: 'made', bytes: Buffer.from(all) });
});`;
    const maker = started('half', source);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the disk is gone');
    }
    await assert.rejects(maker.make(broken(), 100), /the disk is gone/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const made = await maker.make(bytesOf('whole'), 100);
    assert.ok(made.kind === 'made' && Buffer.from(made.bytes).toString() === 'whole');
    maker.stop();
  });

  it('gets no part of the environment that the server has', async () => {
    process.env.STOWAGE_TEST_SECRET = 'secret';
    const maker = started(
      'environment',
      "process.on('message', ({ kind }) => kind === 'make' && process.send({ kind: 'made', bytes: Buffer.from(Object.keys(process.env).join(' ')) }));",
    );
    const made = await maker.make(bytesOf('x'), 100);
    assert.ok(made.kind === 'made' && !Buffer.from(made.bytes).toString().includes('STOWAGE'));
    delete process.env.STOWAGE_TEST_SECRET;
    maker.stop();
  });
});
