import { listVersionParts } from '../../db/tables/version-part.ts';
import type { ReadTx } from '../../db/tx.ts';
import { type ChecksumAlgorithm, DEFAULT_CHECKSUM_PLAN, type StoredChecksum } from '../../domain/checksum.ts';
import { objectChecksum } from '../../domain/composite-checksum.ts';
import { isLinearAlgorithm } from '../../domain/crc-combine.ts';
import { MAX_PARTS } from '../../domain/part-rules.ts';
import type { StoredObject } from './stored-object.ts';

/**
 * The full-object checksum of a copy, as far as it is known without reading the bytes: the source's own, or combined from
 * its parts' CRCs. `known` undefined: the bytes must be read.
 *
 * @param asked undefined keeps the source's algorithm
 */
export async function copiedChecksum(
  tx: ReadTx,
  source: StoredObject,
  asked: ChecksumAlgorithm | undefined,
): Promise<{ readonly algorithm: ChecksumAlgorithm; readonly known: StoredChecksum | undefined }> {
  const own = source.checksum;
  const algorithm = asked ?? own?.algorithm ?? DEFAULT_CHECKSUM_PLAN.algorithm;
  if (own === undefined || own.algorithm !== algorithm) return { algorithm, known: undefined };
  if (own.type === 'FULL_OBJECT') return { algorithm, known: own };
  return { algorithm, known: isLinearAlgorithm(algorithm) ? await combined(tx, source, algorithm) : undefined };
}

async function combined(
  tx: ReadTx,
  source: StoredObject,
  algorithm: ChecksumAlgorithm,
): Promise<StoredChecksum | undefined> {
  if (source.bodyId === null) return undefined;
  const summed: { sizeBytes: number; checksum: string }[] = [];
  for (const part of await listVersionParts(tx, source.bodyId, 0, MAX_PARTS)) {
    if (part.checksum === null) return undefined;
    summed.push({ sizeBytes: part.size, checksum: part.checksum });
  }
  return summed.length === source.partCount ? objectChecksum({ algorithm, type: 'FULL_OBJECT' }, summed) : undefined;
}
