import type { FileKind } from '../../domain/file-type.ts';
import type { BucketId, EpochMs, ObjectKey } from '../../domain/ids.ts';
import type { Sorting } from './order-rows.ts';

/** What is looked for, in the keys behind the scope's prefix. Absent: anything. */
export interface SearchConditions {
  readonly name?: string | undefined;
  readonly kind?: FileKind | undefined;
  readonly ending?: string | undefined;
  readonly minBytes?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
  readonly tag?: { readonly key: string; readonly value: string | undefined } | undefined;
}

export interface ViewScope {
  readonly bucketId: BucketId;
  readonly prefix: string;
}

/** What a view shows: one folder, or what was found behind some prefixes. */
export interface ViewSpec {
  readonly scopes: readonly ViewScope[];
  readonly content:
    | { readonly kind: 'folder'; readonly withDeleted: boolean }
    | { readonly kind: 'search'; readonly conditions: SearchConditions };
  readonly sorting: Sorting;
}

export interface PageRequest {
  readonly spec: ViewSpec;
  /** The view a page before came from: rows keep their numbers in it. Undefined, unknown or too old: another is made. */
  readonly view: number | undefined;
  /** Nothing older than this request will do. */
  readonly fresh: boolean;
  readonly offset: number;
  readonly limit: number;
  /** A name behind the prefix whose row the page is to begin near; with `offset` in vain. */
  readonly locate: string | undefined;
  /** Answer at the latest then, with what there is. */
  readonly waitMs: number;
}

export type ViewRow =
  | { readonly kind: 'folder'; readonly scope: number; readonly prefix: string }
  | {
      readonly kind: 'file';
      readonly scope: number;
      readonly key: ObjectKey;
      readonly sizeBytes: number;
      readonly modifiedAtMs: EpochMs;
      readonly etag: string;
      readonly storageClass: string;
    }
  | { readonly kind: 'deleted'; readonly scope: number; readonly key: ObjectKey; readonly modifiedAtMs: EpochMs }
  /** It was there when the view was made. */
  | { readonly kind: 'gone'; readonly scope: number; readonly key: string };

export interface ViewPage {
  readonly view: number;
  /** When the view was begun. */
  readonly asOfMs: number;
  /** Rows found so far; all of them once `isComplete`. */
  readonly total: number;
  readonly totalBytes: number;
  readonly isComplete: boolean;
  /** There are more rows than a view can hold. */
  readonly isCut: boolean;
  readonly offset: number;
  readonly rows: readonly ViewRow[];
}
