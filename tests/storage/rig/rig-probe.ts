import { accessSync, constants, readFileSync } from 'node:fs';
import { candidates, cleanEnvironment } from '../../clients/support/find-tool.ts';
import { runTool } from '../../clients/support/run-tool.ts';

export const FILE_SYSTEMS = ['ext4', 'xfs'] as const;
export type FileSystem = (typeof FILE_SYSTEMS)[number];

const TOOLS = ['nbdkit', 'nbdfuse', 'losetup', 'mount', 'umount', 'mkfs.ext4', 'mkfs.xfs', 'eatmydata'];

/** Why the power-cut rig cannot run here; undefined where it can. */
export async function rigMissing(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root';
  const absent = TOOLS.filter((name) => candidates(name).length === 0);
  if (absent.length > 0) return `not installed: ${absent.join(', ')}`;
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/fuse cannot be opened';
  }
  const known = readFileSync('/proc/filesystems', 'utf8');
  const unknown = FILE_SYSTEMS.filter((name) => !new RegExp(`\\t${name}$`, 'm').test(known));
  if (unknown.length > 0) return `the kernel does not know ${unknown.join(', ')}`;
  const loop = await runTool('losetup', ['-f'], { env: cleanEnvironment('/') });
  return loop.code === 0 ? undefined : `no free loop device: ${loop.stderr.trim()}`;
}
