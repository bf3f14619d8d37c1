import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type CliOptions, type Configuration, Platform } from 'electron-builder';
import { buildMain } from '../build-main.ts';

export interface PackageRequest {
  readonly root: string;
  readonly output: string;
  /** A folder with an Electron distribution; undefined = electron-builder fetches the real one. */
  readonly electronDist: string | undefined;
  /** The unpacked folder only, without installers. */
  readonly folderOnly: boolean;
}

/** Bundles the main process and packs the app for this platform. The server's bundle must be built. */
export async function makePackage({ root, output, electronDist, folderOnly }: PackageRequest): Promise<void> {
  await buildMain(root);
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  const config: Configuration = {
    electronVersion: version,
    directories: { output, buildResources: 'assets' },
    ...(electronDist === undefined ? {} : { electronDist }),
  };
  const options: CliOptions = { projectDir: root, publish: 'never', config };
  await build(folderOnly ? { ...options, targets: Platform.current().createTarget('dir') } : options);
}
