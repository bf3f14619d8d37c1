import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this platform keeps an application's data (XDG base directories on Linux). */
export function defaultDataDir(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Stowage');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Stowage');
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'stowage');
}
