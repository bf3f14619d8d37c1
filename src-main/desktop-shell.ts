import { app, dialog, Notification, nativeImage } from 'electron';
import { isAutostarted, setAutostart } from './autostart/autostart.ts';
import { removeStaged, stageFile } from './drag-out/stage-file.ts';
import { handleVerbs, type IpcHandlers } from './ipc/handle-verbs.ts';
import { WakeLock, watchPower } from './power/power.ts';
import { readiness } from './server/is-server-alive.ts';
import { consoleUrlOf, type ServerState } from './server/server-state.ts';
import { Supervisor } from './server/supervisor.ts';
import { startUtilityServer } from './server/utility-server.ts';
import { filled, texts } from './texts.ts';
import { drawState } from './tray/draw-state.ts';
import { AppTray } from './tray/tray.ts';
import { type Readiness, trayStateOf } from './tray/tray-state.ts';
import { MainWindow } from './window/main-window.ts';

const HEALTH_EVERY_MS = 15_000;
const PLATFORMS = { linux: 'linux', darwin: 'darwin', win32: 'win32' } as const;

export interface DesktopShellOptions {
  /** 64 hex digits from the keychain, where there is one. */
  readonly masterKey: string | undefined;
  /** Takes the server's log. */
  readonly log: NodeJS.WritableStream;
}

/** Ties together server, window and tray; the app is its life. */
export class DesktopShell {
  readonly supervisor: Supervisor;
  readonly window: MainWindow;
  readonly #options: DesktopShellOptions;
  readonly #tray: AppTray | undefined;
  readonly #wakeLock = new WakeLock();
  #readiness: Readiness | undefined;
  #transfers = { active: 0, bytesPerSecond: 0 };
  #health: NodeJS.Timeout | undefined;
  #hasStopped = false;

  constructor(options: DesktopShellOptions) {
    this.#options = options;
    const { masterKey, log } = options;
    this.supervisor = new Supervisor(
      (listener) => startUtilityServer({ masterKey, log }, listener),
      (state) => this.#follow(state),
    );
    this.#tray = this.#makeTray();
    this.window = new MainWindow(
      () => this.#tray !== undefined,
      () => this.#sayStillServing(),
    );
    handleVerbs(this.#verbs(), () => this.window.origin);
    app.on('before-quit', (event) => this.#beforeQuit(event));
    watchPower({ onResume: () => this.supervisor.resumed(), onShutdown: () => app.quit() });
  }

  start(): void {
    this.supervisor.start();
    // Of an earlier run that had no time to: there is one app at a time.
    removeStaged(app.getPath('temp'));
    this.#health = setInterval(() => void this.#askHealth(), HEALTH_EVERY_MS);
  }

  show(path?: string): void {
    this.window.show(path);
  }

  /** Without a tray there is no way back to a closed window. */
  windowsClosed(): void {
    if (this.#tray === undefined) app.quit();
  }

  #follow(state: ServerState): void {
    this.#readiness = undefined;
    this.window.follow(state);
    this.#wakeLock.set(state.kind === 'running');
    this.#updateTray();
    if (consoleUrlOf(state) !== undefined) void this.#askHealth();
    if (state.kind === 'failed') void this.#sayFailed(state.reason);
  }

  async #askHealth(): Promise<void> {
    const url = consoleUrlOf(this.supervisor.state);
    if (url === undefined) return;
    this.#readiness = await readiness(url);
    this.#updateTray();
  }

  #updateTray(): void {
    const server = this.supervisor.state;
    const state = trayStateOf(server, this.#readiness, this.#transfers.active);
    this.#tray?.update({ state, server, transfers: this.#transfers, startsAtLogin: isAutostarted() });
  }

  #makeTray(): AppTray | undefined {
    try {
      return new AppTray({
        open: () => this.show(),
        startServer: () => this.supervisor.start(),
        stopServer: () => void this.#stopIfMeant(),
        setStartAtLogin: (isWanted) => this.#setStartAtLogin(isWanted),
        quit: () => app.quit(),
      });
    } catch {
      // A desktop without a place for it: the window stays the only face.
      return undefined;
    }
  }

  async #stopIfMeant(): Promise<void> {
    const t = texts();
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: t.stopTitle,
      detail: t.stopText,
      buttons: [t.stop, t.cancel],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) await this.supervisor.stop();
  }

  async #sayFailed(reason: string): Promise<void> {
    const t = texts();
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t.failedTitle,
      detail: filled(t.failedText, { reason }),
      buttons: [t.tryAgain, t.quit],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 0) this.supervisor.start();
    else app.quit();
  }

  #sayStillServing(): void {
    const t = texts();
    if (Notification.isSupported()) new Notification({ title: t.stillServing, body: t.stillServingText }).show();
  }

  #setStartAtLogin(isWanted: boolean): void {
    setAutostart(isWanted);
    this.#updateTray();
  }

  /** Quitting waits, once, until the server has answered what it took and is gone. */
  #beforeQuit(event: { preventDefault(): void }): void {
    if (this.#hasStopped) return;
    event.preventDefault();
    clearInterval(this.#health);
    this.window.release();
    void this.supervisor.stop().finally(() => {
      removeStaged(app.getPath('temp'));
      this.#hasStopped = true;
      this.#wakeLock.set(false);
      this.#tray?.destroy();
      app.quit();
    });
  }

  #verbs(): IpcHandlers {
    return {
      describe: () => ({
        platform: PLATFORMS[process.platform as keyof typeof PLATFORMS] ?? 'linux',
        version: app.getVersion(),
        ownsServer: this.supervisor.state.kind === 'running',
        keyIn: this.#options.masterKey === undefined ? 'data-dir' : 'keychain',
        startsAtLogin: isAutostarted(),
      }),
      setStartAtLogin: ({ isWanted }) => {
        this.#setStartAtLogin(isWanted);
        return undefined;
      },
      notify: ({ title, body, path }) => {
        const notification = new Notification({ title, body });
        notification.on('click', () => this.show(path));
        notification.show();
        return undefined;
      },
      reportTransfers: (transfers) => {
        this.#transfers = transfers;
        this.#updateTray();
        return undefined;
      },
      dragOut: async ({ contentPath, fileName }, { sender }) => {
        const staged = await stageFile(new URL(contentPath, this.window.origin), fileName, app.getPath('temp'));
        if (staged.kind !== 'staged') return staged.kind;
        const icon = nativeImage.createFromBitmap(drawState('fine', 32), { width: 32, height: 32 });
        sender.startDrag({ file: staged.path, icon });
        return 'started';
      },
    };
  }
}
