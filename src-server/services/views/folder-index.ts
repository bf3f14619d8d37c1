import { NameStore } from './name-store.ts';

export const ROW_KIND = { file: 0, folder: 1, deleted: 2 } as const;
export type RowKind = (typeof ROW_KIND)[keyof typeof ROW_KIND];

/** A row as it is found: its name behind the scope's prefix, and what it may be sorted by. */
export interface FoundRow {
  readonly name: string;
  readonly kind: RowKind;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Number of the bucket or folder that was looked through. */
  readonly scope: number;
}

const FIRST_CAPACITY = 1024;

/** The rows of a view in key order, in columns: some 60 bytes a row. */
export class FolderIndex {
  readonly names = new NameStore();
  #sizes = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #kinds = new Uint8Array(FIRST_CAPACITY);
  #scopes = new Uint16Array(FIRST_CAPACITY);
  #totalBytes = 0;

  get count(): number {
    return this.names.count;
  }

  get memoryBytes(): number {
    const columns = [this.#sizes, this.#times, this.#kinds, this.#scopes];
    return this.names.memoryBytes + columns.reduce((sum, column) => sum + column.byteLength, 0);
  }

  /** Of all files. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  add(row: FoundRow): void {
    const at = this.names.count;
    if (at === this.#sizes.length) this.#grow();
    this.names.add(row.name);
    this.#sizes[at] = row.sizeBytes;
    this.#times[at] = row.modifiedMs;
    this.#kinds[at] = row.kind;
    this.#scopes[at] = row.scope;
    this.#totalBytes += row.sizeBytes;
  }

  sizeAt(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  timeAt(index: number): number {
    return this.#times[index] ?? 0;
  }

  kindAt(index: number): RowKind {
    // Only `add` writes the column.
    return (this.#kinds[index] ?? ROW_KIND.file) as RowKind;
  }

  scopeAt(index: number): number {
    return this.#scopes[index] ?? 0;
  }

  #grow(): void {
    const capacity = this.#sizes.length * 2;
    this.#sizes = copyInto(new Float64Array(capacity), this.#sizes);
    this.#times = copyInto(new Float64Array(capacity), this.#times);
    this.#kinds = copyInto(new Uint8Array(capacity), this.#kinds);
    this.#scopes = copyInto(new Uint16Array(capacity), this.#scopes);
  }
}

function copyInto<T extends { set(from: T): void }>(into: T, from: T): T {
  into.set(from);
  return into;
}
