import type { ProbedObject } from '../../../../src-server/contract/upload-batches.ts';
import type { Transfer } from './transfer.ts';

/**
 * What to do where something stands under the key. `replace` makes a new version where the bucket keeps versions. `newer`:
 * replaces what is older than the file. `different`: leaves what has the same content, replaces the rest.
 */
export const CONFLICT_CHOICES = ['skip', 'replace', 'keep-both', 'newer', 'different'] as const;
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

type ConflictStep =
  | { readonly kind: 'skip' }
  | { readonly kind: 'replace' }
  | { readonly kind: 'rename'; readonly key: string }
  /** Equal size: only the checksums tell. */
  | { readonly kind: 'compare'; readonly crc64nvme: string };

/** What a choice means for this file. File systems keep times in steps of up to two seconds. */
export function decideConflict(transfer: Transfer, existing: ProbedObject, choice: ConflictChoice): ConflictStep {
  const TIME_STEP_MS = 2000;
  switch (choice) {
    case 'skip':
      return { kind: 'skip' };
    case 'replace':
      return { kind: 'replace' };
    case 'keep-both':
      return { kind: 'rename', key: numberedKey(transfer.key, 1) };
    case 'newer': {
      const storedMs = existing.sourceModifiedAtMs ?? existing.modifiedAtMs;
      return { kind: transfer.modifiedAtMs - storedMs >= TIME_STEP_MS ? 'replace' : 'skip' };
    }
    case 'different':
      if (existing.sizeBytes !== transfer.sizeBytes || existing.crc64nvme === null) return { kind: 'replace' };
      return { kind: 'compare', crc64nvme: existing.crc64nvme };
  }
}

const NUMBERED = /^(.*) \((\d{1,4})\)$/s;

/** `a/b.txt` → `a/b (1).txt`; a name that has a number gets the next one. */
export function numberedKey(key: string, first: number): string {
  const slash = key.lastIndexOf('/', key.length - 2) + 1;
  const folder = key.slice(0, slash);
  const name = key.slice(slash);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const ending = dot > 0 ? name.slice(dot) : '';
  const numbered = NUMBERED.exec(stem);
  if (numbered === null) return `${folder}${stem} (${first})${ending}`;
  return `${folder}${numbered[1]} (${Number(numbered[2]) + 1})${ending}`;
}
