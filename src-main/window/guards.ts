import { type Session, shell, type WebContents } from 'electron';

const GRANTED = new Set(['notifications', 'clipboard-sanitized-write', 'fullscreen']);
/** New Chromium asks before a page may call this machine, which is where its own server is. */
const GRANTED_TO_REACH_SERVER = new Set(['local-network-access', 'local-network', 'loopback-network']);

/** Keeps a page on its own origin: it opens nothing, embeds nothing, goes nowhere else. `origin` is asked at each step. */
export function guardNavigation(contents: WebContents, origin: () => string | undefined): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  const stayHome = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isFrom(event.url, origin())) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Everything a page could be allowed is refused, but for a few things that our own origin needs. */
export function guardPermissions(session: Session, origin: () => string | undefined): void {
  const isGranted = (permission: string, asking: string | undefined): boolean => {
    if (asking === undefined || !isFrom(asking, origin())) return false;
    return GRANTED.has(permission) || GRANTED_TO_REACH_SERVER.has(permission);
  };
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(isGranted(permission, details.requestingUrl ?? contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, asking) => isGranted(permission, asking));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    // One listener shape for the three: all answer with nothing chosen.
    session.on(event as 'select-hid-device', (given) => given.preventDefault());
  }
}

/** Web pages and mail only, in the person's own programs. */
export function openOutside(url: string): void {
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'mailto:') void shell.openExternal(parsed.href);
}

/** Without an origin of its own, a page has nothing in common with anything; nor has an opaque origin. */
function isFrom(url: string, origin: string | undefined): boolean {
  return origin !== undefined && origin !== 'null' && URL.parse(url)?.origin === origin;
}
