import { BrowserWindow, type Session, session, shell } from 'electron';

/** A window that shows one origin, the server's own, and can do no more than a browser tab could. */
export async function openWindow(consoleUrl: string): Promise<BrowserWindow> {
  const { origin } = new URL(consoleUrl);
  denyPermissions(session.defaultSession);
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    if (new URL(url).protocol === 'https:') void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stayHome = (event: { readonly url: string; preventDefault(): void }): void => {
    if (new URL(event.url).origin !== origin) event.preventDefault();
  };
  webContents.on('will-navigate', stayHome);
  webContents.on('will-frame-navigate', stayHome);
  webContents.on('will-redirect', stayHome);
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  await window.loadURL(consoleUrl);
  return window;
}

function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
}
