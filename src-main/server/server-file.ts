import { join } from 'node:path';
import { app } from 'electron';

/** A file of the server's bundle in Electron's unpacked copy: a child process cannot start from inside an archive. */
export function serverFile(name: string): string {
  return join(app.getAppPath().replace(/app\.asar$/, 'app.asar.unpacked'), 'dist', 'server', name);
}
