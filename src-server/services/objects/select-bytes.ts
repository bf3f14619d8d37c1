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

/** The bytes that an answer carries. */
export interface Selection {
  /** The bytes `[start, end)` of the object. */
  readonly window: { readonly start: number; readonly end: number };
  /** What Content-Range says; undefined where the answer is the whole object, or no byte at all. */
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
      return wholeOf(object);
    case 'range': {
      const range = isStillMeant(wanted.ifRange, object) ? parseRange(wanted.header, object.sizeBytes) : undefined;
      if (range === undefined) return wholeOf(object);
      return { window: { start: range.start, end: range.end + 1 }, range, part: undefined };
    }
    case 'part':
      return selectPart(tx, object, wanted.partNumber);
  }
}

function wholeOf({ sizeBytes }: StoredObject): Selection {
  return { window: { start: 0, end: sizeBytes }, range: undefined, part: undefined };
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
    return ofPart(0, object.sizeBytes, { checksum: null, count: object.partCount });
  }
  const part = await findVersionPart(tx, object.bodyId, partNumber);
  if (part === undefined) throw invalidPartNumber(partNumber, object.partCount);
  return ofPart(part.body_offset, part.size, { checksum: part.checksum, count: object.partCount });
}

function ofPart(start: number, length: number, part: Selection['part']): Selection {
  const window = { start, end: start + length };
  // No Content-Range can say "no byte".
  return { window, range: length === 0 ? undefined : { start, end: window.end - 1 }, part };
}

function invalidPartNumber(partNumber: number, count: number): Failure {
  return new Failure('InvalidPartNumber', undefined, {
    fields: { PartNumberRequested: String(partNumber), ActualPartCount: String(count) },
  });
}
