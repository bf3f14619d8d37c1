import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type CliOptions, type Configuration, Platform } from 'electron-builder';
import { build as bundle } from 'esbuild';

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
  await bundleMain(root);
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  const config: Configuration = {
    electronVersion: version,
    directories: { output, buildResources: 'assets' },
    ...(electronDist === undefined ? {} : { electronDist }),
  };
  const options: CliOptions = { projectDir: root, publish: 'never', config };
  await build(folderOnly ? { ...options, targets: Platform.current().createTarget('dir') } : options);
}

/** CommonJS, so that tests can put something else in Electron's place. */
export async function bundleMain(root: string): Promise<void> {
  await bundle({
    entryPoints: [join(root, 'src-main', 'main.ts')],
    outfile: join(root, 'dist', 'main', 'main.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    external: ['electron'],
    logLevel: 'warning',
  });
}
