import type { MenuItemConstructorOptions } from 'electron';
import { texts } from '../texts.ts';

/** Editing, zoom and windows as every program has them. No reload and no developer tools: the page is an appliance's face. */
export function appMenu(quit: () => void): MenuItemConstructorOptions[] {
  const t = texts();
  const leave: MenuItemConstructorOptions = { label: t.quit, accelerator: 'CmdOrCtrl+Q', click: quit };
  return [
    { label: 'Stowage', submenu: [{ role: 'about' }, { type: 'separator' }, leave] },
    {
      label: t.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: t.view,
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
    },
    { label: t.window, submenu: [{ role: 'minimize' }, { role: 'close' }] },
  ];
}
