import { type ChecksumPlan, checksumElement, type StoredChecksum } from '../../../domain/checksum.ts';
import { element } from '../xml-writer.ts';

/** `<ChecksumCRC32>…</ChecksumCRC32><ChecksumType>…</ChecksumType>` of an object, or nothing. */
export function checksumElements(checksum: StoredChecksum | undefined): string {
  if (checksum === undefined) return '';
  return element(checksumElement(checksum.algorithm), checksum.value) + element('ChecksumType', checksum.type);
}

/** `ChecksumAlgorithm` and `ChecksumType` of an upload, or nothing where its client chose none. */
export function checksumPlanElements(plan: ChecksumPlan | undefined): string {
  if (plan === undefined) return '';
  return element('ChecksumAlgorithm', plan.algorithm) + element('ChecksumType', plan.type);
}
