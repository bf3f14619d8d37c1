// Where Electron's own program is. Its package brings it by a download at the first start.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './hand-over.mjs';
import { pinnedNode } from './install.mjs';
import { say } from './say.mjs';

/** Can a window be opened here? Never in CI, which has nobody to look at it. */
export function hasDisplay(environment = process.env) {
  if (environment.CI) return false;
  return process.platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** The program, downloaded where it is missing; undefined, with the reason said, where that cannot be. */
export function electronProgram(root) {
  // Chromium's sandbox does not run as root, and without it nothing from outside may be shown.
  if (process.getuid?.() === 0) {
    say('the desktop app does not run as root; opening the console in the browser instead');
    return undefined;
  }
  const program = installed(root);
  if (program !== undefined) return program;
  say("fetching Electron's program, once");
  const code = runStep(pinnedNode(root), [join(root, 'node_modules', 'electron', 'install.js')], { cwd: root });
  if (code === 0) return installed(root);
  say('Electron could not be fetched; opening the console in the browser instead');
  return undefined;
}

function installed(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}
