import { join } from 'node:path';
import { findOfflineDisks } from '../../app/offline-install.ts';
import { SHARED_WORDS_BYTES, SqliteCatalogue } from '../../db/sqlite/sqlite-catalogue.ts';
import { CATALOGUE_FILE } from '../../engine/engine-options.ts';
import { AUDIT_FOLDER, type AuditHead, readHeads } from '../../observability/audit-heads.ts';
import { deniedFiles } from '../../observability/denied-log.ts';
import { ensureFolders, readTextIfThere } from '../../platform/disk-folder.ts';
import { type ChainReport, verifyChanges, verifyDenied } from '../../services/audit/verify-chains.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';

/**
 * `stowage audit verify`: follows the chain of changes in the catalogue and that of denied requests in their files, and compares
 * both with the heads beside them and on the disks. Changes nothing and may run beside a server. Answers 1 where a record
 * was changed, moved, taken out or cut off.
 */
export const auditVerify: OfflineCommand = async (config, { print }) => {
  const disks = await findOfflineDisks(config);
  await ensureFolders(config.dataDir, [AUDIT_FOLDER]);
  const folder = join(config.dataDir, AUDIT_FOLDER);
  const read = await Promise.all([folder, ...disks.map(({ path }) => path)].map(readHeads));
  const heads = read.flatMap((one) => one.heads);
  const unreadable = read.reduce((sum, one) => sum + one.unreadable, 0);
  print(`heads: ${heads.length}${unreadable > 0 ? `, ${unreadable} lines cannot be read` : ''}`);
  // The files first: what is refused meanwhile only makes them longer.
  const texts = (await deniedFiles(folder)).map((name) => readTextIfThere(join(folder, name)));
  const denied = verifyDenied(
    (await Promise.all(texts)).map((text) => text ?? ''),
    heads,
  );
  const changes = await changesOf(join(config.dataDir, CATALOGUE_FILE), heads);
  const reports: [string, ChainReport][] = [
    ['changes', changes],
    ['denied requests', denied],
  ];
  for (const [name, { records, end, problems }] of reports) {
    print(`${name}: ${records} records, the last is ${end.seq}, hash ${end.hash.slice(0, 16)}`);
    for (const problem of problems) print(`${name}: ${problem}`);
  }
  const sound = unreadable === 0 && reports.every(([, report]) => report.problems.length === 0);
  print(sound ? 'sound' : 'NOT SOUND');
  return sound ? EXIT.ok : EXIT.failed;
};

async function changesOf(path: string, heads: readonly AuditHead[]): Promise<ChainReport> {
  const catalogue = new SqliteCatalogue({ path, generation: new SharedArrayBuffer(SHARED_WORDS_BYTES) });
  try {
    return await verifyChanges(catalogue, heads);
  } finally {
    catalogue.close();
  }
}
