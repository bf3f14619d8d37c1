import { join } from 'node:path';
import * as z from 'zod';
import { readTextIfThere } from '../platform/disk-folder.ts';
import { writePrivateFile } from '../platform/private-file.ts';
import { DiskRefused } from './disk-refused.ts';

const INSTALL_FILE = 'install.json';

const installSchema = z.object({
  format: z.literal(1),
  installId: z.uuid(),
  /** False until the first run got so far that the catalogue and its log exist. */
  complete: z.boolean(),
  /** Every disk this data folder ever had, so that an empty mount point is not taken for a new disk. */
  disks: z.array(z.object({ uuid: z.uuid(), name: z.string() })),
});

/** What the data folder knows of its install without a catalogue. */
export type InstallFile = z.infer<typeof installSchema>;

/** Undefined on a first run. Throws DiskRefused where the file is damaged. */
export async function readInstallFile(dataDir: string): Promise<InstallFile | undefined> {
  const path = join(dataDir, INSTALL_FILE);
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return installSchema.parse(JSON.parse(text));
  } catch {
    throw new DiskRefused('data-dir', `${path} is damaged`);
  }
}

export async function writeInstallFile(dataDir: string, install: InstallFile): Promise<void> {
  await writePrivateFile(dataDir, INSTALL_FILE, `${JSON.stringify(install, undefined, 2)}\n`);
}
