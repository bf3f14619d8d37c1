import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

const HIDDEN = '--hidden';

/** Does the app start when the person signs in? */
export function isAutostarted(): boolean {
  if (process.platform === 'linux') return existsSync(autostartFile());
  return app.getLoginItemSettings().openAtLogin;
}

/** Windows and macOS have a list for it; Linux desktops read a folder (freedesktop.org autostart specification). */
export function setAutostart(isWanted: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: [HIDDEN] });
    return;
  }
  if (!isWanted) {
    rmSync(autostartFile(), { force: true });
    return;
  }
  mkdirSync(autostartFolder(), { recursive: true });
  writeFileSync(autostartFile(), desktopEntry(process.env.APPIMAGE ?? process.execPath));
}

/** Was this start one of those? Then no window is wanted. */
export function isHiddenStart(args: readonly string[]): boolean {
  return args.includes(HIDDEN) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}

function autostartFolder(): string {
  const config = process.env.XDG_CONFIG_HOME || join(app.getPath('home'), '.config');
  return join(config, 'autostart');
}

function autostartFile(): string {
  return join(autostartFolder(), 'stowage.desktop');
}

/** Quoted as the desktop entry specification wants an Exec value. */
function desktopEntry(program: string): string {
  const quoted = `"${program.replaceAll(/["\\`$]/g, '\\$&')}"`;
  return ['[Desktop Entry]', 'Type=Application', 'Name=Stowage', `Exec=${quoted} ${HIDDEN}`, 'Terminal=false', ''].join(
    '\n',
  );
}
