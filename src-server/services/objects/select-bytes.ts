import { findVersionPart } from '../../db/tables/version-part.ts';
import type { ReadTx } from '../../db/tx.ts';
import { type ETagCondition, matchesETag } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import { type ByteRange, parseRange } from '../../domain/ranges.ts';
import type { StoredObject } from './stored-object.ts';

/** Which bytes of an object are wanted. `ifRange`: the range counts only where this still describes the object. */
export type WantedBytes =
  | { readonly kind: 'all' }
  | { readonly kind: 'range'; readonly header: string; readonly ifRange: IfRange | undefined }
  | { readonly kind: 'part'; readonly partNumber: number };
export type IfRange =
  | { readonly kind: 'etag'; readonly condition: ETagCondition }
  | { readonly kind: 'date'; readonly ms: number };

/** The bytes that an answer carries. `range` is undefined where it carries all of them as a whole. */
export interface Selection {
  readonly range: ByteRange | undefined;
  /** Of a part that was asked for by its number: its own checksum, and of how many it is. */
  readonly part: { readonly checksum: string | null; readonly count: number | null } | undefined;
}

/**
 * Decides which bytes are sent.
 *
 * @throws Failure InvalidRange, InvalidPartNumber (both 416)
 */
export async function selectBytes(tx: ReadTx, object: StoredObject, wanted: WantedBytes): Promise<Selection> {
  switch (wanted.kind) {
    case 'all':
      return { range: undefined, part: undefined };
    case 'range':
      return {
        range: isStillMeant(wanted.ifRange, object) ? parseRange(wanted.header, object.sizeBytes) : undefined,
        part: undefined,
      };
    case 'part':
      return selectPart(tx, object, wanted.partNumber);
  }
}

function isStillMeant(ifRange: IfRange | undefined, object: StoredObject): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.kind === 'etag') return matchesETag(ifRange.condition, object.etag);
  return Math.floor(object.modifiedMs / 1000) * 1000 === ifRange.ms;
}

/** An object that was no multipart upload is one part (AWS: GetObject, `partNumber`). */
async function selectPart(tx: ReadTx, object: StoredObject, partNumber: number): Promise<Selection> {
  if (object.partCount === null || object.bodyId === null) {
    if (partNumber !== 1) throw invalidPartNumber(partNumber, 1);
    return { range: rangeOf(0, object.sizeBytes), part: { checksum: null, count: object.partCount } };
  }
  const part = await findVersionPart(tx, object.bodyId, partNumber);
  if (part === undefined) throw invalidPartNumber(partNumber, object.partCount);
  const range = rangeOf(part.body_offset, part.size);
  return { range, part: { checksum: part.checksum, count: object.partCount } };
}

/** Undefined for no byte, which no Content-Range can say. */
function rangeOf(start: number, length: number): ByteRange | undefined {
  return length === 0 ? undefined : { start, end: start + length - 1 };
}

function invalidPartNumber(partNumber: number, count: number): Failure {
  return new Failure('InvalidPartNumber', undefined, {
    fields: { PartNumberRequested: String(partNumber), ActualPartCount: String(count) },
  });
}
