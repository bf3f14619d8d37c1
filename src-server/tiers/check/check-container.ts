import { type ContainerRow, findStateOnDisk } from '../../db/tables/container-upkeep.ts';
import { type ExtentRow, listExtents } from '../../db/tables/extent.ts';
import { findOwningVersions, isExtentAt } from '../../db/tables/extent-owners.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import { containerPath } from '../../storage/layout.ts';
import { verifyStoredExtent } from '../../storage/stored-extent.ts';
import type { BytesProblem } from './check-report.ts';
import type { CheckDeps, CheckOptions, ContainerFindings } from './check-storage.ts';

const EXTENTS_AT_ONCE = 500;
const VERSIONS_NAMED = 10;

interface DiskPlace {
  readonly name: string;
  readonly root: string;
}

/** One container's file against its extents' rows. */
export async function checkContainer(
  deps: CheckDeps,
  disk: DiskPlace,
  container: ContainerRow,
  options: CheckOptions,
): Promise<ContainerFindings> {
  const { fs } = deps;
  let fd: number;
  try {
    fd = await fs.open(containerPath(disk.root, container.kind, container.name), 'r');
  } catch (error) {
    return { problems: await explainAbsence(deps, disk, container, error), extents: 0, bytes: 0 };
  }
  try {
    return await checkExtents(deps, disk, container, fd, options);
  } finally {
    await fs.close(fd);
  }
}

async function explainAbsence(
  { catalogue, disks }: CheckDeps,
  disk: DiskPlace,
  container: ContainerRow,
  error: unknown,
): Promise<BytesProblem[]> {
  if (errnoOf(error) !== 'ENOENT') throw error;
  const diskId = disks.find(({ name }) => name === disk.name)?.id;
  if (diskId === undefined) return [];
  const state = await catalogue.read((tx) => findStateOnDisk(tx, container.name, container.kind, diskId));
  // Collected since its row was read.
  if (state === undefined || state === 'doomed') return [];
  return [{ kind: 'missing-file', container: container.name, disk: disk.name }];
}

async function checkExtents(
  deps: CheckDeps,
  disk: DiskPlace,
  container: ContainerRow,
  fd: number,
  options: CheckOptions,
): Promise<ContainerFindings> {
  const { catalogue, fs } = deps;
  const problems: BytesProblem[] = [];
  let [extents, bytes, after] = [0, 0, 0];
  for (;;) {
    const rows = await catalogue.read((tx) => listExtents(tx, container.id, after, EXTENTS_AT_ONCE));
    const last = rows.at(-1);
    if (last === undefined) return { problems, extents, bytes };
    after = last.id;
    const { sizeBytes } = await fs.facts(fd);
    for (const row of rows) {
      options.signal?.throwIfAborted();
      extents += 1;
      bytes += row.header_length + row.stored_length;
      const reason = await findDamage(deps, fd, row, sizeBytes, options.frames);
      if (reason === undefined) continue;
      const found = await confirm(deps, container, row);
      if (found === undefined) continue;
      const where = { container: container.name, disk: disk.name, offset: row.container_offset };
      problems.push({ kind: 'damaged-extent', ...where, reason, versions: found });
    }
  }
}

async function findDamage(
  { fs }: CheckDeps,
  fd: number,
  row: ExtentRow,
  fileBytes: number,
  frames: boolean,
): Promise<string | undefined> {
  const { uid, container_offset: offset, codec } = row;
  const lengths = { headerLength: row.header_length, storedLength: row.stored_length, plainLength: row.plain_length };
  if (offset + lengths.headerLength + lengths.storedLength > fileBytes) return 'the file ends before it';
  if (!frames) return undefined;
  try {
    await verifyStoredExtent(fs, fd, { uid, offset, codec, ...lengths });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The versions it hurts, if the extent still stands there: a server beside us may have moved or collected it. */
async function confirm({ catalogue }: CheckDeps, container: ContainerRow, row: ExtentRow) {
  return catalogue.read(async (tx) => {
    if (!(await isExtentAt(tx, row.id, container.id, row.container_offset))) return undefined;
    return findOwningVersions(tx, row.id, VERSIONS_NAMED);
  });
}
