import { app, dialog, Menu } from 'electron';
import { isHiddenStart } from './autostart/autostart.ts';
import { DEEP_LINK_SCHEME, deepLinkAmong, parseDeepLink } from './deep-links/parse-deep-link.ts';
import { DesktopShell } from './desktop-shell.ts';
import { keychainKey } from './secrets/keychain-key.ts';
import { texts } from './texts.ts';
import { appMenu } from './window/app-menu.ts';

/** Runs the desktop app: one instance, one server, one window. Resolves when it stands, or has handed over to the first. */
export async function runMain(args: readonly string[], log: NodeJS.WritableStream): Promise<DesktopShell | undefined> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return undefined;
  }
  app.enableSandbox();
  app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
  let wanted = deepLinkAmong(args);
  let shell: DesktopShell | undefined;
  const go = (path: string | undefined): void => {
    if (shell === undefined) wanted = path ?? wanted;
    else shell.show(path);
  };
  app.on('second-instance', (_event, argv) => go(deepLinkAmong(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    go(parseDeepLink(url));
  });
  app.on('activate', () => go(undefined));
  // The tray keeps the app; where there is none, the shell quits with its window.
  app.on('window-all-closed', () => shell?.windowsClosed());
  await app.whenReady();
  const masterKey = await openKeychain();
  if (masterKey.kind === 'refused') return undefined;
  shell = new DesktopShell({ masterKey: masterKey.key, log });
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(() => app.quit())));
  shell.start();
  if (wanted !== undefined || !isHiddenStart(args)) shell.show(wanted);
  return shell;
}

type KeychainOutcome = { readonly kind: 'opened'; readonly key: string | undefined } | { readonly kind: 'refused' };

/** Starting without the right key would only say that every secret is unreadable. */
async function openKeychain(): Promise<KeychainOutcome> {
  try {
    return { kind: 'opened', key: await keychainKey(app.getPath('userData')) };
  } catch (error) {
    dialog.showErrorBox(texts().failedTitle, error instanceof Error ? error.message : String(error));
    app.quit();
    return { kind: 'refused' };
  }
}
