import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built console app is: beside the server's bundle, or in `dist` of the sources. */
export function rendererFolder(): string {
  const runsFromSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(runsFromSource ? '../../dist/renderer' : '../renderer', import.meta.url));
}

/** Every file under `folder` by its path within, `/` between names. Empty where the folder is not there. Throws the system's errors. */
export function readAssets(folder: string): ReadonlyMap<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)] as const),
  );
}
