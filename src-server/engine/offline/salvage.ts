import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createCatalogue } from '../../db/migrations/run-migrations.ts';
import { insertLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { SalvageScratch, type ScratchExtent } from '../../db/sqlite/salvage-scratch.ts';
import { SqliteWriteTx } from '../../db/sqlite/sqlite-write-tx.ts';
import { checkpointWal } from '../../db/sqlite/wal.ts';
import { WriteSession } from '../../db/sqlite/write-session.ts';
import type { FoundHeader } from '../../storage/extent-format.ts';
import { BatchSequence } from '../core/batch-sequence.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import type { LogDiskFolder } from '../log/log-chain.ts';
import { removeDatabase } from '../recovery/rebuild.ts';
import { assembleBodies } from './assemble-bodies.ts';
import { migrationsOf, type OfflineInstall } from './offline-context.ts';
import { putInPlace } from './put-in-place.ts';
import { SalvageWriter } from './salvage-writer.ts';

/** A container's file as a scan of the disks finds it. */
export interface SalvagedContainer {
  readonly name: string;
  readonly kind: 'log' | 'segment' | 'chunk';
  readonly diskUuid: string;
  readonly lengthBytes: number;
}

/** An undamaged extent and where it stands. */
export interface SalvagedExtent {
  readonly container: SalvagedContainer;
  /** Of its header, in the container. */
  readonly offset: number;
  readonly header: FoundHeader;
}

/** The scan of all containers, from whoever knows where they are. */
export interface SalvageSource {
  readonly disks: readonly (LogDiskFolder & { readonly name: string; readonly tier: string })[];
  extents(): AsyncIterable<SalvagedExtent>;
}

export interface SalvageReport {
  readonly buckets: number;
  /** Each body that was found whole is a version; deleted ones may be among them. */
  readonly versions: number;
  /** Extents of bodies that are not whole. */
  readonly incompleteExtents: number;
  readonly asideName: string | undefined;
}

/**
 * The last resort (DESIGN §3): a new catalogue from the extents alone. Every bucket is versioned, so that nothing that was
 * found is hidden by something else; all belong to root. A new log begins with it.
 */
export async function salvage(install: OfflineInstall, source: SalvageSource, nowMs: number): Promise<SalvageReport> {
  const live = join(install.dataDir, CATALOGUE_FILE);
  const fresh = `${live}.salvaged`;
  const scratchPath = `${live}.scratch`;
  removeDatabase(fresh);
  removeDatabase(scratchPath);
  const scratch = new SalvageScratch(scratchPath);
  try {
    const containers = new Map<string, SalvagedContainer>();
    for await (const found of source.extents()) {
      const { container } = found;
      const known = containers.get(container.name);
      // One name on two disks is one container twice: a copy.
      if (known !== undefined && known.diskUuid !== container.diskUuid) continue;
      containers.set(container.name, container);
      scratch.add(scratchRow(found));
    }
    const report = await fill(fresh, install, source, { scratch, containers, nowMs });
    const asideName = putInPlace(install.dataDir, live, fresh, nowMs);
    return { ...report, asideName };
  } finally {
    scratch.close();
    removeDatabase(scratchPath);
  }
}

interface Findings {
  readonly scratch: SalvageScratch;
  readonly containers: ReadonlyMap<string, SalvagedContainer>;
  readonly nowMs: number;
}

async function fill(path: string, install: OfflineInstall, source: SalvageSource, findings: Findings) {
  const db = openDatabase(path);
  try {
    createCatalogue(db, migrationsOf(install));
    const session = new WriteSession(db);
    const sequence = new BatchSequence();
    sequence.begin(0);
    const tx = new SqliteWriteTx(session.statements, { record: () => undefined }, sequence);
    const writer = new SalvageWriter(tx, findings.nowMs);
    session.begin();
    await writer.begin(source.disks, [...findings.containers.values()]);
    const report = await writeBodies(writer, findings.scratch);
    // A record that never was: the log begins behind it, and so never from an empty catalogue.
    const appliedSequence = sequence.sequence + 1;
    const appliedCrc = randomBytes(4).readUInt32LE(0);
    const start = { epoch: 1, syncedSequence: appliedSequence, segment: 0, position: 0 };
    insertLogState(db, { ...start, logId: randomBytes(16), appliedSequence, appliedCrc });
    session.commit();
    checkpointWal(db, 'TRUNCATE');
    return report;
  } finally {
    db.close();
  }
}

async function writeBodies(writer: SalvageWriter, scratch: SalvageScratch) {
  let group: ScratchExtent[] = [];
  let incompleteExtents = 0;
  let versions = 0;
  let bodies: ReturnType<typeof assembleBodies>['bodies'] = [];
  const endVersion = (): void => {
    const assembled = assembleBodies(group);
    incompleteExtents += assembled.incomplete;
    bodies.push(...assembled.bodies);
    group = [];
  };
  const endKey = async (): Promise<void> => {
    versions += await writer.putKey(bodies.sort((a, b) => a.createdMs - b.createdMs));
    bodies = [];
  };
  for (const extent of scratch.ordered()) {
    const last = group[0];
    const isSameKey = last === undefined || (last.bucket === extent.bucket && last.key === extent.key);
    if (last !== undefined && !(isSameKey && last.version_id === extent.version_id)) endVersion();
    if (!isSameKey) await endKey();
    group.push(extent);
  }
  endVersion();
  await endKey();
  return { buckets: writer.buckets, versions, incompleteExtents };
}

function scratchRow({ container, offset, header }: SalvagedExtent): ScratchExtent {
  return {
    bucket: header.origin.bucket,
    key: header.origin.key,
    version_id: header.origin.versionId,
    part_number: header.origin.partNumber,
    body_offset: header.bodyOffset,
    created_ms: header.createdMs,
    last_of_body: header.lastOfBody ? 1 : 0,
    uid: Buffer.from(header.uid),
    envelope: Buffer.from(header.envelope),
    codec: header.codec,
    container: container.name,
    container_offset: offset,
    header_length: header.headerLength,
    stored_length: header.storedLength,
    plain_length: header.plainLength,
  };
}
