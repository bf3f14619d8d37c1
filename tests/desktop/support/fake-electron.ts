import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';

/**
 * What the shell uses of Electron, recorded instead of drawn; a server child is a real process. Every exported name is one
 * of Electron's (checked below), so that a shell that runs on it compiles against the real one.
 */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SHIM = new URL('./parent-port-shim.ts', import.meta.url).href;

/** What a test looks at and sets; `reset` between tests. */
export const fakes = {
  hasLock: true,
  userData: '',
  /** False = the desktop has no tray. */
  hasTray: true,
  keychain: 'gnome_libsecret' as 'gnome_libsecret' | 'basic_text' | 'locked',
  /** What the person answers to the next message box. */
  boxAnswer: 0 as number | Promise<number>,
  /** Pages do not come. */
  isUnreachable: false,
  windows: [] as BrowserWindow[],
  trays: [] as Tray[],
  notifications: [] as Notification[],
  opened: [] as string[],
  boxes: [] as { message: string; detail: string }[],
  errorBoxes: [] as string[],
  children: [] as FakeUtilityProcess[],
  clipboard: '',
  quits: 0,
  reset(userData: string): void {
    Object.assign(fakes, {
      hasLock: true,
      userData,
      hasTray: true,
      keychain: 'gnome_libsecret',
      boxAnswer: 0,
      isUnreachable: false,
      quits: 0,
    });
    for (const list of [fakes.windows, fakes.trays, fakes.notifications, fakes.opened, fakes.boxes, fakes.errorBoxes])
      list.length = 0;
    fakes.children.length = 0;
    app.removeAllListeners();
    powerMonitor.removeAllListeners();
    session.defaultSession.removeAllListeners();
    ipcMain.handlers.clear();
  },
};

export interface FakeEvent {
  readonly url: string;
  isPrevented: boolean;
  preventDefault(): void;
}

export function fakeEvent(url = ''): FakeEvent {
  return {
    url,
    isPrevented: false,
    preventDefault() {
      this.isPrevented = true;
    },
  };
}

class App extends EventEmitter {
  sandboxed = false;
  scheme = '';
  menuSet = false;
  loginItem = { openAtLogin: false };
  requestSingleInstanceLock = () => fakes.hasLock;
  enableSandbox = () => {
    this.sandboxed = true;
  };
  setAsDefaultProtocolClient = (scheme: string) => {
    this.scheme = scheme;
    return true;
  };
  whenReady = async () => undefined;
  getAppPath = () => ROOT;
  getVersion = () => '0.0.0';
  getLocale = () => 'en-GB';
  getPath = (_name: string) => fakes.userData;
  getLoginItemSettings = () => ({ ...this.loginItem, wasOpenedAtLogin: false });
  setLoginItemSettings = (given: { openAtLogin: boolean }) => {
    this.loginItem = given;
  };
  quit = () => {
    const event = fakeEvent();
    this.emit('before-quit', event);
    if (!event.isPrevented) fakes.quits += 1;
  };
}
export const app = new App();

class WebContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  readonly dragged: string[] = [];
  setWindowOpenHandler = (handler: typeof this.openHandler) => {
    this.openHandler = handler;
  };
  startDrag = ({ file }: { file: string }) => void this.dragged.push(file);
  getURL = () => '';
}

export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new WebContents();
  readonly loaded: string[] = [];
  isShown = true;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    fakes.windows.push(this);
  }

  loadURL = async (url: string) => {
    this.loaded.push(url);
    if (!fakes.isUnreachable) {
      this.webContents.emit('did-navigate', {}, url);
      return;
    }
    this.webContents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', url, true);
    throw new Error('ERR_CONNECTION_REFUSED');
  };
  isMinimized = () => false;
  restore = () => undefined;
  focus = () => undefined;
  show = () => {
    this.isShown = true;
  };
  hide = () => {
    this.isShown = false;
  };
  /** As a person closes it. */
  close = () => {
    const event = fakeEvent();
    this.emit('close', event);
    if (event.isPrevented) return;
    this.emit('closed');
    fakes.windows.splice(fakes.windows.indexOf(this), 1);
    if (fakes.windows.length === 0) app.emit('window-all-closed');
  };
}

export class Tray extends EventEmitter {
  menu: Electron.MenuItemConstructorOptions[] = [];
  toolTip = '';

  constructor(_image: unknown) {
    super();
    if (!fakes.hasTray) throw new Error('no tray here');
    fakes.trays.push(this);
  }

  setImage = () => undefined;
  setToolTip = (text: string) => {
    this.toolTip = text;
  };
  setContextMenu = (menu: { template: Electron.MenuItemConstructorOptions[] }) => {
    this.menu = menu.template;
  };
  destroy = () => undefined;
}

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu: () => {
    app.menuSet = true;
  },
};

export class Notification extends EventEmitter {
  static isSupported = () => true;
  readonly options: { title: string; body: string };

  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
  }

  show = () => void fakes.notifications.push(this);
}

export const dialog = {
  showErrorBox: (_title: string, content: string) => void fakes.errorBoxes.push(content),
  showMessageBox: async ({ message, detail }: { message: string; detail: string }) => {
    fakes.boxes.push({ message, detail });
    return { response: await fakes.boxAnswer };
  },
};

export const ipcMain = {
  handlers: new Map<string, (event: unknown, input: unknown) => Promise<unknown>>(),
  handle(channel: string, handler: (event: unknown, input: unknown) => Promise<unknown>) {
    if (ipcMain.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    // As real IPC: what cannot be cloned does not cross.
    ipcMain.handlers.set(channel, async (event, input) =>
      structuredClone(await handler(event, structuredClone(input))),
    );
  },
};

export const nativeImage = {
  createFromBitmap: (pixels: Buffer, { width, height }: { width: number; height: number }) => {
    if (pixels.length !== width * height * 4) throw new Error('not a picture of this size');
    return { setTemplateImage: () => undefined };
  },
};

export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = {
  held: 0,
  start: () => ++powerSaveBlocker.held,
  stop: () => void --powerSaveBlocker.held,
};
export const shell = { openExternal: async (url: string) => void fakes.opened.push(url) };
export const clipboard = {
  writeText: async (text: string) => {
    fakes.clipboard = text;
  },
};

type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;
type PermissionRequest = (
  contents: { getURL(): string },
  permission: string,
  answer: (isGranted: boolean) => void,
  details: { requestingUrl: string },
) => void;

class Session extends EventEmitter {
  check: PermissionCheck | undefined;
  request: PermissionRequest | undefined;
  device: (() => boolean) | undefined;
  setPermissionCheckHandler = (handler: PermissionCheck) => {
    this.check = handler;
  };
  setPermissionRequestHandler = (handler: PermissionRequest) => {
    this.request = handler;
  };
  setDevicePermissionHandler = (handler: () => boolean) => {
    this.device = handler;
  };
  setDisplayMediaRequestHandler = () => undefined;
}
export const session = { defaultSession: new Session() };

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => (fakes.keychain === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
  encryptStringAsync: async (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
  decryptStringAsync: async (sealed: Buffer) => {
    if (fakes.keychain === 'locked') throw new Error('locked');
    return { shouldReEncrypt: false, result: Buffer.from(sealed.toString().slice(7), 'base64').toString() };
  },
};

interface ForkOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
}

export class FakeUtilityProcess extends EventEmitter {
  readonly process: ChildProcess;
  hasExited = false;

  constructor(entry: string, args: readonly string[], { env, execArgv: given = [] }: ForkOptions) {
    super();
    const execArgv = [...given, '--import', SHIM];
    this.process = fork(entry, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // As Electron's ports: bytes stay bytes.
      serialization: 'advanced',
      env,
      execArgv,
    });
    this.process.on('message', (message) => this.emit('message', message));
    this.process.on('exit', (code) => {
      this.hasExited = true;
      this.emit('exit', code);
    });
    fakes.children.push(this);
  }

  get stdout() {
    return this.process.stdout;
  }

  get stderr() {
    return this.process.stderr;
  }

  get pid() {
    return this.process.pid;
  }

  postMessage = (message: unknown) => {
    // The real one takes the app down with it.
    if (this.hasExited) throw new Error('a message to a process that is gone');
    this.process.send(message as never, () => undefined);
  };
  kill = () => this.process.kill('SIGTERM');
}

export const utilityProcess = {
  fork: (entry: string, args: readonly string[], options: ForkOptions) => new FakeUtilityProcess(entry, args, options),
};

type Faked = Exclude<keyof typeof import('./fake-electron.ts'), 'fakes' | 'fakeEvent' | 'FakeUtilityProcess'>;
/** Does not compile where a name above is none of Electron's. */
export type NoInventedNames = Faked extends keyof typeof Electron ? true : never;
const noInventedNames: NoInventedNames = true;
void noInventedNames;
