import { clipboard, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { ServerState } from '../server/server-state.ts';
import { filled, texts } from '../texts.ts';
import { drawState } from './draw-state.ts';
import type { TrayState } from './tray-state.ts';

const ICON_PX = 32;

export interface TrayView {
  readonly state: TrayState;
  readonly server: ServerState;
  readonly transfers: { readonly active: number; readonly bytesPerSecond: number };
  readonly startsAtLogin: boolean;
}

export interface TrayActions {
  open(): void;
  stopServer(): void;
  startServer(): void;
  setStartAtLogin(isWanted: boolean): void;
  quit(): void;
}

/** The icon beside the clock; undefined where the desktop has no place for one. */
export class AppTray {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  constructor(actions: TrayActions) {
    this.#actions = actions;
    this.#tray = new Tray(imageOf('unknown'));
    this.#tray.on('click', () => actions.open());
  }

  update(view: TrayView): void {
    this.#tray.setImage(imageOf(view.state));
    this.#tray.setToolTip(`Stowage: ${headline(view)}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(view, this.#actions)));
  }

  destroy(): void {
    this.#tray.destroy();
  }
}

/** Top to bottom; what cannot be done now is not there. */
export function trayMenu(view: TrayView, actions: TrayActions): MenuItemConstructorOptions[] {
  const t = texts();
  const { server, startsAtLogin } = view;
  const items: MenuItemConstructorOptions[] = [{ label: headline(view), enabled: false }, { type: 'separator' }];
  items.push({ label: t.open, click: () => actions.open() });
  if (server.kind === 'running') {
    const { s3Url } = server;
    items.push({ label: `${t.copyAddress} (${s3Url})`, click: () => void clipboard.writeText(s3Url) });
    items.push({ label: t.stopServer, click: () => actions.stopServer() });
  }
  if (server.kind === 'stopped') items.push({ label: t.startServer, click: () => actions.startServer() });
  if (server.kind === 'failed') items.push({ label: t.tryAgain, click: () => actions.startServer() });
  items.push({ type: 'separator' });
  items.push({
    label: t.startAtLogin,
    type: 'checkbox',
    checked: startsAtLogin,
    click: ({ checked }) => actions.setStartAtLogin(checked),
  });
  items.push({ label: t.quit, click: () => actions.quit() });
  return items;
}

function headline({ state, transfers: { active, bytesPerSecond } }: TrayView): string {
  const t = texts();
  if (active === 0) return t[state];
  const speed = (bytesPerSecond / 1e6).toFixed(1);
  return `${t[state]} · ${filled(t.transfers, { n: active, speed })}`;
}

function imageOf(state: TrayState) {
  const image = nativeImage.createFromBitmap(drawState(state, ICON_PX), {
    width: ICON_PX,
    height: ICON_PX,
    scaleFactor: 2,
  });
  // macOS tints such an image to its menu bar.
  image.setTemplateImage(true);
  return image;
}
