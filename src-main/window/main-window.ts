import { join } from 'node:path';
import { app, BrowserWindow, session, type WebContents } from 'electron';
import { consoleUrlOf, type ServerState } from '../server/server-state.ts';
import { guardNavigation, guardPermissions } from './guards.ts';

/** Of Chromium: another page was asked for meanwhile. */
const ERR_ABORTED = -3;
const CLAIM = '/claim#token=';

/** The one window: shows the console of the server that is there, and nothing else. Made when first shown. */
export class MainWindow {
  readonly #mayHide: () => boolean;
  readonly #onFirstHide: () => void;
  #window: BrowserWindow | undefined;
  #consoleUrl: string | undefined;
  #wantedPath = '/';
  /** The last page that was to be shown did not come: what stands in the window is nothing of ours. */
  #isPageMissing = false;
  #isEnding = false;
  #hasHidden = false;

  /**
   * @param mayHide may closing hide it, because there is a way back to it?
   * @param onFirstHide the first time that closing hid it: to be said once
   */
  constructor(mayHide: () => boolean, onFirstHide: () => void) {
    this.#mayHide = mayHide;
    this.#onFirstHide = onFirstHide;
    guardPermissions(session.defaultSession, () => this.origin);
  }

  /** Of the page that may be shown; undefined while there is no server. */
  get origin(): string | undefined {
    return this.#consoleUrl === undefined ? undefined : new URL(this.#consoleUrl).origin;
  }

  get browserWindow(): BrowserWindow | undefined {
    return this.#window;
  }

  /** A server that is there: where its address is another one, or the page did not come, it is loaded anew in an open window. */
  follow(state: ServerState): void {
    const url = consoleUrlOf(state);
    if (url === undefined || (url === this.#consoleUrl && !this.#isPageMissing)) return;
    this.#consoleUrl = url;
    const setupToken = state.kind === 'running' ? state.setupToken : null;
    // In the fragment, which is sent nowhere. A page that was asked for by name is shown all the same.
    const isOpen = this.#wantedPath === '/' || this.#wantedPath.startsWith(CLAIM);
    if (setupToken !== null && isOpen) this.#wantedPath = `${CLAIM}${setupToken}`;
    if (this.#window !== undefined) void this.#load(this.#window);
  }

  /** Brings the window up, at `path` of the console where one is given. */
  show(path?: string): void {
    if (path !== undefined) this.#wantedPath = path;
    const existing = this.#window;
    if (existing === undefined) {
      this.#window = this.#create();
      void this.#load(this.#window);
      return;
    }
    if (path !== undefined) void this.#load(existing);
    if (existing.isMinimized()) existing.restore();
    existing.show();
    existing.focus();
  }

  /** From now on closing closes. */
  release(): void {
    this.#isEnding = true;
  }

  #create(): BrowserWindow {
    const window = new BrowserWindow({
      name: 'main',
      windowStatePersistence: true,
      width: 1200,
      height: 800,
      minWidth: 360,
      minHeight: 480,
      title: 'Stowage',
      webPreferences: {
        preload: join(app.getAppPath(), 'dist', 'main', 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        allowRunningInsecureContent: false,
      },
    });
    guardNavigation(window.webContents, () => this.origin);
    this.#watchPage(window.webContents);
    window.on('close', (event) => {
      if (this.#isEnding || !this.#mayHide()) return;
      event.preventDefault();
      window.hide();
      if (!this.#hasHidden) this.#onFirstHide();
      this.#hasHidden = true;
    });
    window.on('closed', () => {
      this.#window = undefined;
    });
    return window;
  }

  async #load(window: BrowserWindow): Promise<void> {
    if (this.#consoleUrl === undefined) return;
    const url = new URL(this.#wantedPath, this.#consoleUrl);
    this.#wantedPath = '/';
    if (url.origin !== this.origin) return;
    this.#isPageMissing = false;
    try {
      await window.loadURL(url.href);
    } catch {
      // `#watchPage` hears of it, and `follow` loads the page once a server is there.
    }
  }

  /** Where a page does not come, by a reload neither, Chromium shows one of its own: ours is still wanted. */
  #watchPage(contents: WebContents): void {
    contents.on('did-fail-load', (_event, code, _description, address, isMainFrame) => {
      if (!isMainFrame || code === ERR_ABORTED) return;
      this.#isPageMissing = true;
      const url = URL.parse(address);
      if (url === null || url.origin !== this.origin || this.#wantedPath !== '/') return;
      this.#wantedPath = url.pathname + url.search + url.hash;
    });
    contents.on('did-navigate', () => {
      this.#isPageMissing = false;
    });
  }
}
