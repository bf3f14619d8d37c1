import './support/use-fake-electron.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Session, WebContents } from 'electron';
import type { ServerState } from '../../src-main/server/server-state.ts';
import { BrowserWindow, fakeEvent, fakes, session } from './support/fake-electron.ts';

// Not before the hook: these are what imports Electron.
const { MainWindow } = await import('../../src-main/window/main-window.ts');
const { guardNavigation, guardPermissions } = await import('../../src-main/window/guards.ts');

const CONSOLE = 'http://127.0.0.1:9001';

function running(setupToken: string | null = null): ServerState {
  return { kind: 'running', consoleUrl: CONSOLE, s3Url: 'http://127.0.0.1:9000', setupToken };
}

describe('main window', () => {
  beforeEach(() => fakes.reset(''));

  function open() {
    const window = new MainWindow(
      () => true,
      () => undefined,
    );
    window.follow(running());
    window.show('/buckets/office');
    const shown = fakes.windows.at(-1);
    assert.ok(shown !== undefined);
    return { window, shown };
  }

  it('loads its page again where it did not come and the server is back at the same address', async () => {
    fakes.isUnreachable = true;
    const { window, shown } = open();
    await setImmediate();
    fakes.isUnreachable = false;
    window.follow({ kind: 'restarting', reason: 'it was killed', inMs: 1000 });
    window.follow(running());
    await setImmediate();
    window.follow(running());
    const page = `${CONSOLE}/buckets/office`;
    assert.deepEqual(shown.loaded, [page, page], 'once more, and not where it stands');
    shown.webContents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', `${CONSOLE}/shares?x=1#y`, true);
    window.follow(running());
    assert.equal(shown.loaded.at(-1), `${CONSOLE}/shares?x=1#y`, 'a reload by hand');
  });

  it('takes no notice of frames and of pages that another one replaced', async () => {
    const { window, shown } = open();
    await setImmediate();
    shown.webContents.emit('did-fail-load', {}, -3, 'ERR_ABORTED', `${CONSOLE}/`, true);
    shown.webContents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', `${CONSOLE}/content/x`, false);
    window.follow(running());
    assert.equal(shown.loaded.length, 1);
  });

  it('forgets a path that leads elsewhere, and an old claim for a new one', async () => {
    const { window, shown } = open();
    await setImmediate();
    window.show('//example.com/');
    assert.equal(shown.loaded.length, 1);
    fakes.isUnreachable = true;
    window.show('/');
    await setImmediate();
    assert.equal(shown.loaded.at(-1), `${CONSOLE}/`);
    window.follow(running('old'));
    await setImmediate();
    fakes.isUnreachable = false;
    window.follow(running('new'));
    assert.deepEqual(shown.loaded.slice(-2), [`${CONSOLE}/claim#token=old`, `${CONSOLE}/claim#token=new`]);
  });

  it('grants nothing and lets no page go anywhere while there is no server', () => {
    const { webContents } = new BrowserWindow({});
    // As the real ones, in what is used of them.
    guardNavigation(webContents as unknown as WebContents, () => undefined);
    guardPermissions(session.defaultSession as unknown as Session, () => undefined);
    for (const url of ['not a url', '', 'data:text/html,x']) {
      assert.equal(session.defaultSession.check?.({}, 'notifications', url), false, url);
      const event = fakeEvent(url);
      webContents.emit('will-navigate', event);
      assert.ok(event.isPrevented, url);
    }
  });
});
