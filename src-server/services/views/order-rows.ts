import { assertNever } from '../../domain/assert-never.ts';
import { endingOf } from '../../domain/file-type.ts';
import { type FolderIndex, ROW_KIND } from './folder-index.ts';

export type SortColumn = 'name' | 'size' | 'changed' | 'type';
export interface Sorting {
  readonly by: SortColumn;
  readonly descending: boolean;
}

/**
 * The rows of an index in the order they are shown, as their numbers; undefined for the order they stand in. By name folders
 * and files stand together, as keys do; by anything else folders come first, and rows that are equal keep the order of names.
 */
export function orderRows(index: FolderIndex, { by, descending }: Sorting): Uint32Array | undefined {
  if (by === 'name') return descending ? reversed(index.count) : undefined;
  const { folders, files } = split(index);
  const values = valuesOf(index, files, by);
  const sorted = sortByValue(files, values, descending);
  const order = new Uint32Array(index.count);
  order.set(folders);
  order.set(sorted, folders.length);
  return order;
}

function reversed(count: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = count - 1 - i;
  return order;
}

function split(index: FolderIndex): { folders: Uint32Array; files: Uint32Array } {
  let folderCount = 0;
  for (let i = 0; i < index.count; i++) if (index.kindAt(i) === ROW_KIND.folder) folderCount += 1;
  const folders = new Uint32Array(folderCount);
  const files = new Uint32Array(index.count - folderCount);
  let nextFolder = 0;
  let nextFile = 0;
  for (let i = 0; i < index.count; i++) {
    if (index.kindAt(i) === ROW_KIND.folder) folders[nextFolder++] = i;
    else files[nextFile++] = i;
  }
  return { folders, files };
}

function valuesOf(index: FolderIndex, rows: Uint32Array, by: Exclude<SortColumn, 'name'>): Float64Array {
  const values = new Float64Array(rows.length);
  switch (by) {
    case 'size':
      for (const [i, row] of rows.entries()) values[i] = index.sizeAt(row);
      return values;
    case 'changed':
      for (const [i, row] of rows.entries()) values[i] = index.timeAt(row);
      return values;
    case 'type': {
      const endings = Array.from(rows, (row) => endingOf(index.names.tailAt(row, ENDING_BYTES)));
      const ranks = new Map([...new Set(endings)].sort().map((ending, rank) => [ending, rank]));
      for (const [i, ending] of endings.entries()) values[i] = ranks.get(ending) ?? 0;
      return values;
    }
    default:
      return assertNever(by);
  }
}

/** More than an ending has, with the point and what stands before it. */
const ENDING_BYTES = 12;
const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;

/** Stable, in time that grows with the rows alone: a radix sort over whole numbers from 0 up. */
function sortByValue(rows: Uint32Array, values: Float64Array, descending: boolean): Uint32Array {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    values[i] = descending ? greatest - value : value - least;
  }
  let from = { rows, values };
  for (let weight = 1; weight <= greatest - least; weight *= DIGITS) from = sortByDigit(from, weight);
  return from.rows;
}

interface Column {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

function sortByDigit({ rows, values }: Column, weight: number): Column {
  const starts = new Uint32Array(DIGITS + 1);
  const digitAt = (i: number) => Math.floor((values[i] ?? 0) / weight) % DIGITS;
  for (let i = 0; i < rows.length; i++) {
    const next = digitAt(i) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  const sorted: Column = { rows: new Uint32Array(rows.length), values: new Float64Array(rows.length) };
  for (let i = 0; i < rows.length; i++) {
    const digit = digitAt(i);
    const at = starts[digit] ?? 0;
    starts[digit] = at + 1;
    sorted.rows[at] = rows[i] ?? 0;
    sorted.values[at] = values[i] ?? 0;
  }
  return sorted;
}
