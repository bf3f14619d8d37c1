import { join } from 'node:path';
import type { DiskConfig } from '../config/schema.ts';
import { acquireLock, type ExclusiveLock } from '../db/sqlite/exclusive-lock.ts';
import type { Tier } from '../domain/ids.ts';
import { makePrivateFolder } from '../platform/data-dir.ts';
import { deviceOf, ensureFolders, type FolderFacts, inspectFolder, readTextIfThere } from '../platform/disk-folder.ts';
import { nodeFileSystem } from '../platform/fs-port.ts';
import { writePrivateFile } from '../platform/private-file.ts';
import { CHUNK_SHARDS, DISK_FOLDERS } from '../storage/layout.ts';
import {
  type DiskIdentity,
  formatIdentity,
  IDENTITY_FILE,
  identityPath,
  LOCK_FILE,
  parseIdentity,
} from './disk-identity.ts';
import { DiskRefused } from './disk-refused.ts';
import { type InstallFile, readInstallFile, writeInstallFile } from './install-file.ts';
import { recoverDisk } from './recover-disk.ts';

/** Names that may stand in a folder which counts as empty: what mkfs makes, and what an interrupted first run of ours left. */
const HARMLESS_ENTRIES = new Set(['lost+found', LOCK_FILE, `.${IDENTITY_FILE}.new`]);

/** A configured disk that is there. */
export interface PresentDisk {
  readonly present: true;
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly path: string;
  /** What every file made there must report as its device (LOG.md 18). */
  readonly device: number;
}

/** A configured disk that this install knows and that is not at its path now. */
export interface AbsentDisk {
  readonly present: false;
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly path: string;
  readonly reason: string;
}

export interface AttachedDisks {
  readonly installId: string;
  /** Catalogue and log were never made: they may be. */
  readonly firstRun: boolean;
  readonly disks: readonly (PresentDisk | AbsentDisk)[];
  /** To be called once catalogue and log exist. */
  completeFirstRun(): Promise<void>;
  /** Gives the disks' locks back. */
  release(): void;
}

export interface AttachOptions {
  readonly dataDir: string;
  readonly disks: readonly DiskConfig[];
  /** A data folder without an install may take over the one found on the disks: for `rebuild-catalogue` only. */
  readonly adoptInstall: boolean;
  readonly nowMs: number;
  newUuid(): string;
}

interface Candidate {
  readonly config: DiskConfig;
  readonly identity: DiskIdentity | undefined;
}

/**
 * Makes sure of every configured disk: whose it is, that nobody else uses it, that its folders exist; gives an identity to
 * an empty one. Throws DiskRefused for a path that cannot be used, LockHeld where another process holds a disk.
 */
export async function attachDisks(options: AttachOptions): Promise<AttachedDisks> {
  const { dataDir } = options;
  const known = await readInstallFile(dataDir);
  const found = await Promise.all(options.disks.map((config) => examine(config, known)));
  const candidates = found.filter((disk): disk is Candidate => !('present' in disk));
  const installId = decideInstall(options, known, candidates);
  let install: InstallFile = known ?? { format: 1, installId, complete: options.adoptInstall, disks: [] };
  const locks: ExclusiveLock[] = [];
  try {
    if (known === undefined) await writeInstallFile(dataDir, install);
    const disks: (PresentDisk | AbsentDisk)[] = [];
    for (const disk of found) {
      if ('present' in disk) disks.push(disk);
      else disks.push(await attach(disk, installId, options, locks));
    }
    refuseTwins(disks);
    install = { ...install, disks: mergeKnown(install.disks, disks) };
    await writeInstallFile(dataDir, install);
    return {
      installId,
      firstRun: !install.complete,
      disks,
      completeFirstRun: async () => {
        if (!install.complete) await writeInstallFile(dataDir, { ...install, complete: true });
      },
      release: () => {
        for (const lock of locks.splice(0)) lock.release();
      },
    };
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
}

/** What stands at a configured path, unchanged yet. */
async function examine(config: DiskConfig, install: InstallFile | undefined): Promise<Candidate | AbsentDisk> {
  const { name, path } = config;
  const before = install?.disks.find((disk) => disk.name === name);
  const absent = (reason: string): AbsentDisk => ({
    present: false,
    uuid: before?.uuid ?? '',
    name,
    tier: config.tier,
    path,
    reason,
  });
  const facts = await inspect(config);
  switch (facts.kind) {
    case 'other':
      throw new DiskRefused(name, `disk ${name}: ${path} is not a folder`);
    case 'absent':
      if (before !== undefined) return absent(`${path} does not exist`);
      if (!config.builtIn) throw new DiskRefused(name, `disk ${name}: ${path} does not exist`);
      makePrivateFolder(path);
      return { config, identity: undefined };
    default:
  }
  const text = await readTextIfThere(identityPath(path));
  if (text !== undefined) return { config, identity: readIdentity(config, text) };
  if (before !== undefined) return absent(`${path} has no ${IDENTITY_FILE}: the disk is not mounted there`);
  const strange = facts.entries.find((entry) => !HARMLESS_ENTRIES.has(entry));
  if (strange === undefined) return { config, identity: undefined };
  throw new DiskRefused(name, `disk ${name}: ${path} is not empty (${strange}) and has no ${IDENTITY_FILE} of ours`);
}

async function inspect({ name, path }: DiskConfig): Promise<FolderFacts> {
  try {
    return await inspectFolder(path);
  } catch (error) {
    throw new DiskRefused(name, `disk ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readIdentity({ name, path }: DiskConfig, text: string): DiskIdentity {
  const identity = parseIdentity(text);
  if (identity !== undefined) return identity;
  throw new DiskRefused(name, `disk ${name}: ${identityPath(path)} is damaged, or of a newer release`);
}

function decideInstall(
  options: AttachOptions,
  known: InstallFile | undefined,
  candidates: readonly Candidate[],
): string {
  const foreign = candidates.find(({ identity }) => identity !== undefined && identity.installId !== known?.installId);
  if (foreign?.identity === undefined) return known?.installId ?? options.newUuid();
  const { config, identity } = foreign;
  if (known !== undefined) {
    const message = `disk ${config.name}: ${config.path} belongs to install ${identity.installId}, this data folder to ${known.installId}`;
    throw new DiskRefused(config.name, message);
  }
  if (!options.adoptInstall) {
    const message = `disk ${config.name}: ${config.path} belongs to install ${identity.installId}, but ${options.dataDir} is empty: bring back its data folder, or run rebuild-catalogue`;
    throw new DiskRefused(config.name, message);
  }
  const other = candidates.find((disk) => disk.identity && disk.identity.installId !== identity.installId);
  if (other !== undefined) {
    const message = `disk ${other.config.name}: ${other.config.path} belongs to another install than disk ${config.name}`;
    throw new DiskRefused(other.config.name, message);
  }
  return identity.installId;
}

async function attach(
  { config, identity }: Candidate,
  installId: string,
  options: AttachOptions,
  locks: ExclusiveLock[],
): Promise<PresentDisk> {
  const { name, tier, path } = config;
  locks.push(acquireLock(join(path, LOCK_FILE)));
  const made = identity ?? { format: 1, installId, uuid: options.newUuid(), name, tier, createdMs: options.nowMs };
  if (identity === undefined) await writePrivateFile(path, IDENTITY_FILE, formatIdentity(made));
  await ensureFolders(path, DISK_FOLDERS);
  await ensureFolders(join(path, 'chunks'), CHUNK_SHARDS);
  const device = await deviceOf(identityPath(path));
  if (device === undefined) throw new DiskRefused(name, `disk ${name}: ${identityPath(path)} vanished`);
  for (const folder of DISK_FOLDERS) {
    if ((await deviceOf(join(path, folder))) === device) continue;
    throw new DiskRefused(name, `disk ${name}: ${join(path, folder)} is on another device than its disk`);
  }
  // Nobody writes yet: what stands among the files on their way was never named by a row.
  await recoverDisk(nodeFileSystem, path, options.nowMs);
  return { present: true, uuid: made.uuid, name, tier, path, device };
}

function refuseTwins(disks: readonly (PresentDisk | AbsentDisk)[]): void {
  for (const [index, disk] of disks.entries()) {
    const twin = disks.slice(0, index).find((other) => disk.uuid !== '' && other.uuid === disk.uuid);
    if (twin === undefined) continue;
    const message = `disks ${twin.name} and ${disk.name} carry one identity (${disk.uuid}): one is a copy of the other`;
    throw new DiskRefused(disk.name, message);
  }
}

function mergeKnown(known: InstallFile['disks'], disks: readonly (PresentDisk | AbsentDisk)[]): InstallFile['disks'] {
  const present = disks.filter((disk) => disk.present).map(({ uuid, name }) => ({ uuid, name }));
  const elsewhere = known.filter((old) => !present.some((disk) => disk.uuid === old.uuid));
  return [...elsewhere, ...present];
}
