import type { ProbedObject } from '../../../../src-server/contract/upload-batches.ts';
import { type ConflictChoice, decideConflict } from './conflicts.ts';
import { type Core, openFile } from './core.ts';
import { FileError, faultOf } from './faults.ts';
import { forgetUpload } from './send-parts.ts';
import type { Transfer } from './transfer.ts';

/** What the engine remembers of the choices for conflicts. */
export interface ConflictRules {
  /** Chosen for this file, or for all of its drop. */
  choiceFor(transfer: Transfer): ConflictChoice | undefined;
}

/** Asks what stands under the keys of these files, all of one bucket, and moves each on. Never rejects. */
export async function probeKeys(core: Core, rules: ConflictRules, transfers: readonly Transfer[]): Promise<void> {
  const bucket = transfers[0]?.bucket ?? '';
  const keys = [...new Set(transfers.map(({ key }) => key))];
  let found: readonly ProbedObject[];
  try {
    found = await core.ports.api.probe(bucket, keys, core.signal);
  } catch (error) {
    const fault = faultOf(error, core.signal);
    // Who may write but not look is asked when the server refuses to replace something.
    const mayNotLook = fault.kind === 'final' && fault.error.code === 'AccessDenied';
    for (const transfer of transfers) {
      if (transfer.state !== 'waiting') continue;
      if (mayNotLook) moveOn(core, transfer, 'absent');
      else core.handle(transfer, error, core.signal);
    }
    return;
  }
  const byKey = new Map(found.map((object) => [object.key, object]));
  for (const transfer of transfers) {
    if (transfer.state !== 'waiting') continue;
    const existing = byKey.get(transfer.key);
    if (existing === undefined) moveOn(core, transfer, 'absent');
    else meet(core, rules, transfer, existing);
  }
}

/** Something stands there. */
function meet(core: Core, rules: ConflictRules, transfer: Transfer, existing: ProbedObject): void {
  transfer.existing = existing;
  // An answer that was lost: what stands there are the bytes that were sent.
  const isOurs = transfer.crc64nvme !== undefined && transfer.tries > 0 && transfer.crc64nvme === existing.crc64nvme;
  if (isOurs && existing.sizeBytes === transfer.sizeBytes) {
    core.finish(transfer, existing.crc64nvme ?? '');
    return;
  }
  // A folder that is there already is nothing to ask about.
  if (transfer.path.endsWith('/')) {
    core.skip(transfer);
    return;
  }
  // Sent by an earlier visit, which was not told so any more.
  const wasSent = transfer.isRestored && existing.sourceModifiedAtMs === transfer.modifiedAtMs;
  const choice = rules.choiceFor(transfer) ?? (wasSent ? 'different' : undefined);
  if (choice === undefined) core.book.setState(transfer, 'conflict');
  else applyChoice(core, transfer, choice);
}

/** Does with a file what was chosen for its conflict. */
export function applyChoice(core: Core, transfer: Transfer, choice: ConflictChoice): void {
  const { existing } = transfer;
  if (existing === undefined) {
    moveOn(core, transfer, 'any');
    return;
  }
  const step = decideConflict(transfer, existing, choice);
  switch (step.kind) {
    case 'skip':
      core.skip(transfer);
      return;
    case 'replace':
      moveOn(core, transfer, 'any');
      return;
    case 'compare':
      transfer.queue = 'compare';
      core.book.setState(transfer, 'waiting');
      core.enqueue(transfer);
      return;
    case 'rename':
      // Parts belong to the key they were sent for.
      if (transfer.upload !== undefined) forgetUpload(core, transfer);
      transfer.key = step.key;
      transfer.rule = undefined;
      transfer.existing = undefined;
      core.enqueue(transfer);
      return;
  }
}

/** Reads a file whose size is that of what stands there, and leaves that where the content is the same. Never rejects. */
export async function compareContent(core: Core, transfer: Transfer): Promise<void> {
  try {
    const file = await openFile(transfer, false);
    const crc64nvme = await core.ports.checksums.crc64(file).catch((cause: unknown) => {
      throw new FileError('FileChanged', cause);
    });
    if (transfer.state !== 'waiting') return;
    if (crc64nvme === transfer.existing?.crc64nvme) {
      transfer.crc64nvme = crc64nvme;
      if (transfer.isRestored) core.finish(transfer, crc64nvme);
      else core.skip(transfer);
    } else moveOn(core, transfer, 'any');
  } catch (error) {
    core.handle(transfer, error);
  }
}

function moveOn(core: Core, transfer: Transfer, rule: 'absent' | 'any'): void {
  transfer.rule = rule;
  core.enqueue(transfer);
}
