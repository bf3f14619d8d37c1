import type { BegunReport } from '../../engine/offline/begin-new-log.ts';
import { rebuildCatalogue as rebuild } from '../../engine/offline/rebuild-catalogue.ts';
import type { SalvageSource } from '../../engine/offline/salvage.ts';
import { salvageDisks } from '../../tiers/salvage-disks.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';
import { takeStoppedInstall } from './take-stopped-install.ts';

/**
 * `stowage rebuild-catalogue`: newest good checkpoint and the log; the log alone; as the last resort what the containers
 * themselves tell. Server stopped. An empty data dir takes over the install found on the disks.
 */
export const rebuildCatalogue: OfflineCommand = async (config, { print }) => {
  const { dataDir } = config;
  await using stack = new AsyncDisposableStack();
  const { attached } = await takeStoppedInstall(config, true, stack);
  const disks = attached.disks.filter((disk) => disk.present);
  const salvage: SalvageSource = { disks, extents: () => salvageDisks(disks, attached.installId) };
  const outcome = await rebuild({ dataDir, disks, salvage });
  if (outcome.asideName !== undefined) print(`the catalogue that stood here is kept as ${outcome.asideName}`);
  if (outcome.kind === 'rebuilt') {
    const { from, replayedRecords, endSequence, knownSequence } = outcome;
    const start = from === 'checkpoint' ? 'the newest checkpoint' : 'the beginning of the log';
    print(`rebuilt from ${start}: ${replayedRecords} records replayed, up to record ${endSequence}`);
    if (knownSequence !== undefined) {
      print(
        `LOST: the log ends there, but record ${knownSequence} was written: what came between stood on what is missing`,
      );
    }
  } else if (outcome.kind === 'begun') {
    printBegun(outcome, print);
  } else {
    print(`neither checkpoint nor the log's beginning is left (${outcome.why}); salvaged from the containers`);
    print(`salvaged: ${outcome.buckets} buckets, ${outcome.versions} versions; deleted ones may be among them`);
    if (outcome.incompleteExtents > 0) print(`not whole: ${outcome.incompleteExtents} extents`);
  }
  return EXIT.ok;
};

/** What is lost is said, not left to be found out. */
function printBegun(
  { from, fromSequence, quarantined }: BegunReport & { readonly quarantined: readonly string[] },
  print: (line: string) => void,
): void {
  const start = from === 'catalogue' ? 'the catalogue that stood here' : 'the newest checkpoint';
  print(`no segment of the log is left: a new log begins behind ${start}, record ${fromSequence}`);
  print('LOST: every change after that record, and the bodies that stood in the lost log');
  for (const path of quarantined) print(`kept with newer bodies in it: ${path}`);
  print('files of newer objects stay where they are: `stowage check` names them, and what cannot be read any more');
}
