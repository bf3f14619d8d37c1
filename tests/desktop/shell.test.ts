import './support/use-fake-electron.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { IPC_VERBS } from '../../src-main/ipc/contract.ts';
import type { ServerState } from '../../src-main/server/server-state.ts';
import { parseRecoveryKit } from '../../src-server/storage/recovery-kit.ts';
import { startServerProcess } from '../support/server-process.ts';
import {
  app,
  type BrowserWindow,
  fakeEvent,
  fakes,
  ipcMain,
  powerSaveBlocker,
  session,
} from './support/fake-electron.ts';

// Not before the hook: this is what imports Electron.
const { runMain } = await import('../../src-main/run-main.ts');
type Shell = NonNullable<Awaited<ReturnType<typeof runMain>>>;

const WAIT_MS = 60_000;

describe('desktop shell', { timeout: 180_000 }, () => {
  let folder: string;
  let log: PassThrough;
  let shells: Shell[];
  const environment = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stowage-desktop-'));
    for (const name of ['data', 'user']) mkdirSync(join(folder, name));
    fakes.reset(join(folder, 'user'));
    log = new PassThrough();
    log.resume();
    shells = [];
    Object.assign(process.env, {
      STOWAGE_DATA_DIR: join(folder, 'data'),
      STOWAGE_S3_ADDRESS: '127.0.0.1:0',
      STOWAGE_CONSOLE_ADDRESS: '127.0.0.1:0',
      XDG_CONFIG_HOME: join(folder, 'config'),
    });
  });
  afterEach(async () => {
    for (const shell of shells) {
      shell.window.release();
      await shell.supervisor.stop();
      app.quit();
    }
    for (const child of fakes.children) if (!child.hasExited) child.process.kill('SIGKILL');
    process.env = { ...environment };
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<Shell> {
    const shell = await runMain(args, log);
    assert.ok(shell !== undefined);
    shells.push(shell);
    return shell;
  }
  async function until<K extends ServerState['kind']>(shell: Shell, kind: K) {
    const deadline = performance.now() + WAIT_MS;
    while (shell.supervisor.state.kind !== kind && performance.now() < deadline) await sleep(20);
    const { state } = shell.supervisor;
    assert.equal(state.kind, kind);
    return state as Extract<ServerState, { kind: K }>;
  }
  const until_ = async (condition: () => boolean): Promise<void> => {
    const deadline = performance.now() + WAIT_MS;
    while (!condition() && performance.now() < deadline) await sleep(20);
    assert.ok(condition());
  };
  const onlyWindow = (): BrowserWindow => {
    const [window] = fakes.windows;
    assert.ok(window !== undefined && fakes.windows.length === 1);
    return window;
  };

  it('shows the console of its server in a window that can do no more than a browser', async () => {
    const shell = await run();
    const { consoleUrl } = await until(shell, 'running');
    const { options, webContents, loaded } = onlyWindow();
    const token = readFileSync(join(folder, 'data', 'setup-token'), 'utf8').trim();
    assert.deepEqual(loaded, [`${consoleUrl}/claim#token=${token}`], 'nobody has claimed it yet');
    assert.ok(app.sandboxed && app.menuSet && app.scheme === 'stowage');
    const { webPreferences } = options;
    assert.deepEqual(
      [webPreferences?.sandbox, webPreferences?.contextIsolation, webPreferences?.webSecurity],
      [true, true, true],
    );
    assert.deepEqual([webPreferences?.nodeIntegration, webPreferences?.webviewTag], [false, false]);
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const away = fakeEvent('https://example.com/');
      const home = fakeEvent(`${consoleUrl}/buckets`);
      webContents.emit(event, away);
      webContents.emit(event, home);
      assert.deepEqual([away.isPrevented, home.isPrevented], [true, false], event);
    }
    const webview = fakeEvent();
    webContents.emit('will-attach-webview', webview);
    assert.ok(webview.isPrevented);
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share'])
      assert.deepEqual(webContents.openHandler?.({ url }), { action: 'deny' });
    assert.deepEqual(fakes.opened, ['https://example.com/']);
  });

  it('grants its own origin a few things, and nobody anything else', async () => {
    const { consoleUrl } = await until(await run(), 'running');
    const { check, request, device } = session.defaultSession;
    const asked = (permission: string, url: string) => {
      let granted: boolean | undefined;
      const answer = (isGranted: boolean) => {
        granted = isGranted;
      };
      request?.({ getURL: () => url }, permission, answer, { requestingUrl: url });
      assert.equal(granted, check?.({}, permission, url));
      return granted;
    };
    assert.ok(asked('notifications', consoleUrl) && asked('loopback-network', consoleUrl));
    assert.equal(asked('notifications', 'https://example.com'), false);
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'fileSystem', 'usb', 'hid', 'serial'])
      assert.equal(asked(permission, consoleUrl), false, permission);
    assert.equal(device?.(), false);
  });

  it('answers its own page only, in the agreed shape', async () => {
    const { consoleUrl } = await until(await run(), 'running');
    const frame = { url: `${consoleUrl}/buckets`, parent: null };
    const call = (verb: keyof typeof IPC_VERBS, input: unknown, senderFrame: object | null = frame) => {
      const handler = ipcMain.handlers.get(IPC_VERBS[verb].channel);
      assert.ok(handler !== undefined);
      return handler({ senderFrame, sender: onlyWindow().webContents }, input);
    };
    const described = IPC_VERBS.describe.output.parse(await call('describe', undefined));
    assert.deepEqual([described.ownsServer, described.keyIn], [true, 'keychain']);
    await assert.rejects(call('describe', undefined, { url: 'https://example.com/', parent: null }));
    await assert.rejects(call('describe', undefined, { ...frame, parent: frame }), 'a frame inside the page');
    await assert.rejects(call('describe', undefined, null));
    await assert.rejects(call('notify', { title: 'x', body: '', path: 'https://example.com/' }));
    await assert.rejects(call('setStartAtLogin', { isWanted: 'yes' }));
    await call('notify', { title: 'Backup done', body: 'office', path: '/buckets' });
    fakes.notifications.at(-1)?.emit('click');
    assert.equal(onlyWindow().loaded.at(-1), `${consoleUrl}/buckets`);
    assert.equal(await call('dragOut', { contentPath: '/content/unknown', fileName: 'a.txt' }), 'gone');
    await assert.rejects(call('dragOut', { contentPath: 'https://example.com/x', fileName: 'a.txt' }));
    const flood = await Promise.allSettled(Array.from({ length: 60 }, () => call('describe', undefined)));
    assert.ok(
      flood.some(({ status }) => status === 'rejected'),
      'calls are limited',
    );
  });

  it('starts a server that dies again, with what it stored', async () => {
    const shell = await run();
    const first = await until(shell, 'running');
    assert.equal(powerSaveBlocker.held, 1);
    const token = readFileSync(join(folder, 'data', 'setup-token'), 'utf8').trim();
    fakes.children.at(-1)?.process.kill('SIGKILL');
    await until(shell, 'restarting');
    const second = await until(shell, 'running');
    assert.equal(fakes.children.length, 2);
    const body = JSON.stringify({ token, name: 'anna', password: 'correct horse battery staple' });
    const headers = { 'content-type': 'application/json' };
    const claimed = await fetch(`${second.consoleUrl}/api/v1/setup`, { method: 'POST', body, headers });
    assert.equal(claimed.status, 201, 'the same install, with the same keys');
    assert.ok(onlyWindow().loaded.at(-1)?.startsWith(second.consoleUrl), 'the page follows');
    assert.notEqual(first.consoleUrl, '');
  });

  it('keeps the master key in the keychain and hands it over, not in a file', async () => {
    const first = await run();
    await until(first, 'running');
    assert.ok(!existsSync(join(folder, 'data', 'master-key')));
    assert.ok(readFileSync(join(folder, 'user', 'master-key.sealed'), 'utf8').startsWith('sealed:'));
    const key = Buffer.from(
      readFileSync(join(folder, 'user', 'master-key.sealed'), 'utf8').slice(7),
      'base64',
    ).toString();
    const kit = parseRecoveryKit(readFileSync(join(folder, 'data', 'recovery-kit.txt'), 'utf8'));
    assert.equal(Buffer.from(kit?.masterKey ?? []).toString('hex'), key);
    await first.supervisor.stop();
    first.supervisor.start();
    await until(first, 'running');
    fakes.keychain = 'locked';
    assert.equal(await runMain([], log), undefined);
    assert.match(fakes.errorBoxes.join(), /keychain/);
  });

  it('leaves the key to the server where the keychain is none', async () => {
    fakes.keychain = 'basic_text';
    await until(await run(), 'running');
    assert.ok(existsSync(join(folder, 'data', 'master-key')));
    assert.ok(!existsSync(join(folder, 'user', 'master-key.sealed')));
  });

  it('shows the server that runs already, and starts its own when that one ends', async () => {
    const other = await startServerProcess({ dataDir: join(folder, 'data') });
    fakes.keychain = 'basic_text';
    const shell = await run();
    const { consoleUrl } = await until(shell, 'attached');
    assert.equal(new URL(consoleUrl).port, new URL(other.consoleUrl).port);
    assert.equal(onlyWindow().loaded.at(-1), `${consoleUrl}/`);
    assert.equal(await other.stop(), 0);
    await until(shell, 'running');
  });

  it('says why it does not run, and tries again when asked', async () => {
    process.env.STOWAGE_S3_ADDRESS = 'nonsense';
    const answer = Promise.withResolvers<number>();
    fakes.boxAnswer = answer.promise;
    const shell = await run();
    await until(shell, 'failed');
    await until_(() => fakes.boxes.length === 1);
    assert.match(fakes.boxes[0]?.detail ?? '', /STOWAGE_S3_ADDRESS/);
    process.env.STOWAGE_S3_ADDRESS = '127.0.0.1:0';
    answer.resolve(0);
    await until(shell, 'running');
  });

  it('hides on close, says once that it goes on, and quits only after a clean stop', async () => {
    const shell = await run();
    await until(shell, 'running');
    const window = onlyWindow();
    window.close();
    shell.show();
    window.close();
    assert.equal(window.isShown, false);
    assert.equal(fakes.notifications.length, 1);
    app.quit();
    assert.equal(fakes.quits, 0, 'the server still runs');
    await until_(() => fakes.quits === 1);
    assert.equal(fakes.children.at(-1)?.process.exitCode, 0);
  });

  it('without a tray it never hides: closing the window quits', async () => {
    fakes.hasTray = false;
    await until(await run(), 'running');
    onlyWindow().close();
    await until_(() => fakes.quits === 1);
  });

  it('one instance: a second start hands over and leaves; links navigate and do nothing else', async () => {
    const { consoleUrl } = await until(await run('stowage://open/files/office/2026/'), 'running');
    await until_(() => onlyWindow().loaded.length > 0);
    assert.equal(onlyWindow().loaded.at(-1), `${consoleUrl}/files/office/2026/`);
    fakes.hasLock = false;
    assert.equal(await runMain([], log), undefined);
    fakes.hasLock = true;
    app.emit('second-instance', {}, ['stowage', 'stowage://open/storage']);
    assert.equal(onlyWindow().loaded.at(-1), `${consoleUrl}/storage`);
    const before = onlyWindow().loaded.length;
    app.emit('open-url', fakeEvent(), 'stowage://delete/files/office');
    assert.ok(
      onlyWindow()
        .loaded.slice(before)
        .every((url) => url.startsWith(consoleUrl) && !url.includes('delete')),
    );
  });

  it('started at sign-in it opens no window; the tray says how it is and turns that off', async () => {
    const shell = await run('--hidden');
    await until(shell, 'running');
    assert.equal(fakes.windows.length, 0);
    const [tray] = fakes.trays;
    await until_(() => tray?.toolTip === 'Stowage: Fine');
    const item = (label: RegExp) => tray?.menu.find((entry) => label.test(entry.label ?? ''));
    item(/Copy S3 address/)?.click?.({} as never, undefined as never, {} as never);
    assert.match(fakes.clipboard, /^http:\/\/127\.0\.0\.1:\d+$/);
    item(/Start at sign-in/)?.click?.({ checked: true } as never, undefined as never, {} as never);
    const entry = join(folder, 'config', 'autostart', 'stowage.desktop');
    assert.match(readFileSync(entry, 'utf8'), /Exec=".*" --hidden/);
    item(/Start at sign-in/)?.click?.({ checked: false } as never, undefined as never, {} as never);
    assert.ok(!existsSync(entry));
    item(/Stop server/)?.click?.({} as never, undefined as never, {} as never);
    await until(shell, 'stopped');
    assert.equal(tray?.toolTip, 'Stowage: Stopped');
    assert.equal(powerSaveBlocker.held, 0);
  });
});
