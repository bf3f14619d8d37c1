import './support/use-fake-electron.ts';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deepLinkAmong, parseDeepLink } from '../../src-main/deep-links/parse-deep-link.ts';
import { removeStaged, safeName, stageFile } from '../../src-main/drag-out/stage-file.ts';
import { IPC_VERBS } from '../../src-main/ipc/contract.ts';
import { drawState } from '../../src-main/tray/draw-state.ts';
import { trayStateOf } from '../../src-main/tray/tray-state.ts';

const PRELOAD = fileURLToPath(new URL('../../src-main/preload/preload.ts', import.meta.url));

describe('deep links', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['stowage://open/', '/'],
    ['stowage://open', '/'],
    ['stowage://open/files/office/2026/?sort=size', '/files/office/2026/?sort=size'],
    ['stowage://open/files/office/a%2Fb', '/files/office/a%2Fb'],
    ['stowage://open/claim', undefined],
    ['stowage://open/api/v1/buckets', undefined],
    ['stowage://open//example.com/files', undefined],
    ['stowage://open/files\\..\\x', undefined],
    ['stowage://delete/files/office', undefined],
    ['stowage://user:secret@open/files', undefined],
    ['https://open/files', undefined],
    ['stowage:files', undefined],
    [`stowage://open/files/${'a'.repeat(3_000)}`, undefined],
  ];
  for (const [link, path] of cases) {
    it(`${link.slice(0, 60)} is ${path ?? 'refused'}`, () => assert.equal(parseDeepLink(link), path));
  }

  it('is found among the arguments of a start', () => {
    assert.equal(deepLinkAmong(['--hidden', 'stowage://open/storage']), '/storage');
    assert.equal(deepLinkAmong(['--hidden', '/files']), undefined);
  });
});

describe('tray', () => {
  const running = {
    kind: 'running',
    consoleUrl: 'http://127.0.0.1:1',
    s3Url: 'http://127.0.0.1:2',
    setupToken: null,
  } as const;

  it('never says better than what is known', () => {
    assert.deepEqual(
      [
        trayStateOf(running, undefined, 0),
        trayStateOf(running, 'silent', 3),
        trayStateOf(running, 'degraded', 0),
        trayStateOf(running, 'unavailable', 0),
        trayStateOf(running, 'ready', 0),
        trayStateOf(running, 'ready', 1),
        trayStateOf({ kind: 'restarting', reason: '', inMs: 1 }, undefined, 0),
        trayStateOf({ kind: 'failed', reason: '' }, 'ready', 0),
        trayStateOf({ kind: 'stopped' }, 'ready', 0),
      ],
      ['unknown', 'unknown', 'attention', 'attention', 'fine', 'working', 'working', 'stopped', 'stopped'],
    );
  });

  it('tells its states apart by shape, not by colour', () => {
    const pictures = (['fine', 'working', 'attention', 'stopped', 'unknown'] as const).map((state) =>
      drawState(state, 32),
    );
    assert.equal(new Set(pictures.map((pixels) => pixels.toString('base64'))).size, 5);
    for (const pixels of pictures)
      for (let at = 0; at < pixels.length; at += 4) assert.equal(pixels[at], pixels[at + 2], 'grey');
  });
});

describe('drag out', () => {
  it('gives a file a name that every system takes', () => {
    const names = [
      'a.txt',
      '../../etc/passwd',
      'C:\\x\\y.txt',
      'a:b?.txt',
      'tab\there',
      '..',
      '',
      'dots...',
      'ü 1.pdf',
    ];
    assert.deepEqual(names.map(safeName), [
      'a.txt',
      'passwd',
      'y.txt',
      'a_b_.txt',
      'tab_here',
      'file',
      'file',
      'dots',
      'ü 1.pdf',
    ]);
  });

  it('stages what is small, and nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-stage-'));
    const server = createServer((request, response) => {
      if (request.url === '/small') response.end('bytes');
      else if (request.url === '/large') response.writeHead(200, { 'content-length': 65 * 1024 * 1024 }).flushHeaders();
      else if (request.url === '/away') response.writeHead(302, { location: 'https://example.com/' }).end();
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo;
    const stage = (path: string) => stageFile(new URL(path, `http://127.0.0.1:${port}`), 'a.txt', folder);
    try {
      const staged = await stage('/small');
      assert.ok(staged.kind === 'staged');
      assert.equal(readFileSync(staged.path, 'utf8'), 'bytes');
      writeFileSync(join(folder, 'stowage-drag-not-a-folder'), 'kept');
      mkdirSync(join(folder, 'other'));
      assert.deepEqual(await stage('/large'), { kind: 'too-large' });
      assert.deepEqual(await stage('/gone'), { kind: 'gone' });
      assert.deepEqual(await stage('/away'), { kind: 'gone' });
      removeStaged(folder);
      assert.deepEqual(readdirSync(folder).sort(), ['other', 'stowage-drag-not-a-folder']);
    } finally {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('preload', () => {
  const text = readFileSync(PRELOAD, 'utf8');

  it('offers the verbs of the contract, one channel each, and nothing rawer', () => {
    const channels = [...text.matchAll(/'(stowage:[\w-]+)'/g)].map((match) => match[1]);
    assert.deepEqual(
      channels,
      Object.values(IPC_VERBS).map(({ channel }) => channel),
    );
    assert.equal(text.match(/ipcRenderer\.\w+/g)?.join(), 'ipcRenderer.invoke');
    assert.ok(text.split('\n').length < 150);
  });
});
