import type { BucketId, BucketName, ObjectKey } from './ids.ts';

/** What a person may have done to a selection. `undo` takes an earlier operation back. */
export const OPERATION_KINDS = ['copy', 'move', 'rename', 'delete', 'restore', 'purge', 'rewind', 'undo'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** `undone`: it was done, and then an undo took it back. */
export const OPERATION_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'undone'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** What becomes of a key whose target has an object. `fail`: then nothing is done at all. */
export const CONFLICT_RULES = ['fail', 'skip', 'replace', 'keep-both'] as const;
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** One object, or with a folder everything under a prefix; each key begins with `from`, which `to` takes the place of. */
export interface OperationItem {
  readonly kind: 'file' | 'folder';
  readonly from: string;
  /** As `from` where the operation has no target. */
  readonly to: string;
}

/** An object in a bin: what put it there, and its key. */
export interface BinnedRef {
  readonly batchId: number;
  readonly key: string;
}

/** What was asked for, whole; kept as JSON. */
export type OperationRequest =
  | {
      readonly kind: 'copy' | 'move' | 'rename';
      readonly items: readonly OperationItem[];
      readonly target: { readonly id: BucketId; readonly name: BucketName };
      readonly conflict: ConflictRule;
    }
  | { readonly kind: 'delete'; readonly items: readonly OperationItem[] }
  /** `all`: the whole bin as it is then. */
  | { readonly kind: 'restore'; readonly binned: readonly BinnedRef[] | 'all'; readonly conflict: ConflictRule }
  | { readonly kind: 'purge'; readonly binned: readonly BinnedRef[] | 'all' }
  /** Back to what the keys had at a time; `isExact`: what did not exist then is deleted. */
  | {
      readonly kind: 'rewind';
      readonly items: readonly OperationItem[];
      readonly atMs: number;
      readonly isExact: boolean;
    }
  | { readonly kind: 'undo'; readonly operationId: number };

/** What a list shows of a request. */
export interface OperationSummary {
  /** Files and folders that were selected. */
  readonly items: number;
  /** Name of the first one, without its folder. */
  readonly first: string;
  readonly folder: string;
  readonly target: { readonly bucket: string; readonly folder: string; readonly name: string } | null;
  /** The time that a rewind goes back to. */
  readonly atMs?: number | undefined;
}

/** Why a key was left out. `code` is one of `Failure`, or `Changed`, `Exists`, `Gone`. */
export interface OperationProblem {
  readonly key: string;
  readonly code: string;
}

/** More are counted, not named. */
export const MAX_PROBLEMS = 100;

/** Steps of taking a batch back, in their order. */
export const UNDO_PHASES = ['back', 'markers', 'targets', 'restore', 'forget'] as const;
export type UndoPhase = (typeof UNDO_PHASES)[number];

/** Where an operation goes on: behind `after` of the item with this number; an undo, with a phase of a batch. */
export type OperationPosition =
  | { readonly item: number; readonly after: string }
  | { readonly batchId: number; readonly phase: UndoPhase };

/** Folder part of a key or prefix, with its `/`; empty at the top. */
export function folderOf(path: string): string {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(0, path.lastIndexOf('/', end - 1) + 1);
}

/** Name of a file or folder without its folder, and without the `/` at the end. */
export function nameOfPath(path: string): string {
  return path.slice(folderOf(path).length).replace(/\/$/, '');
}

/**
 * The nth further name beside one that is taken: `report (2).pdf`, `photos (3)/`. What follows the last dot stays at the end,
 * unless the name begins with it.
 */
export function numberedName(path: string, number: number): string {
  const folder = folderOf(path);
  const slash = path.endsWith('/') ? '/' : '';
  const name = nameOfPath(path);
  const dot = slash === '' ? name.lastIndexOf('.') : -1;
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${folder}${stem} (${number})${ending}${slash}`;
}

/** Where an item's key goes. The brand holds where the caller checks the length (`parseObjectKey`). */
export function targetKeyOf(item: OperationItem, key: ObjectKey): string {
  return item.to + key.slice(item.from.length);
}
