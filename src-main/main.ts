import { app, dialog } from 'electron';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { openWindow } from './window.ts';

/** The smallest desktop shell: one server, one window on its console, a clean stop. The app proper grows from here. */
async function run(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  await app.whenReady();
  const server = startServerProcess();
  stopBeforeQuit(server);
  try {
    await openWindow(await server.ready);
  } catch (error) {
    dialog.showErrorBox('Stowage', error instanceof Error ? error.message : String(error));
    app.quit();
  }
}

/** Quitting waits, once, until the server has answered what it took and is gone. */
function stopBeforeQuit(server: ServerProcess): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void server.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
}

void run();
