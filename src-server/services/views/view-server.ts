import { findShown } from '../../db/tables/object-scan.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { buildIndex } from './build-index.ts';
import { ROW_KIND } from './folder-index.ts';
import { View } from './view.ts';
import type { PageRequest, ViewPage, ViewRow, ViewSpec } from './view-spec.ts';

/** What the server of views needs of its thread. */
export interface ViewServerDeps {
  /** One short snapshot of the catalogue. */
  read<T>(step: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** Rises with every commit. */
  commits(): bigint;
  now(): number;
  /** Lets other requests have their turn. */
  pause(): Promise<void>;
  /** Of all views together, the growing ones too; 256 MiB unless said. */
  readonly maxMemoryBytes?: number;
}

const MAX_MEMORY_BYTES = 256 * 1024 * 1024;
const IDLE_MS = 300_000;
/** A view in the making that nobody has asked about for so long is given up. */
const ABANDON_AFTER_MS = 5000;
/** A view that took long may be shown so much longer although something was committed since. */
const STALE_FACTOR = 10;
const QUICK_BUILD_MS = 50;

/** Makes, keeps and pages the views of one process. Runs on a thread of its own: a view of a million rows takes a second. */
export class ViewServer {
  readonly #deps: ViewServerDeps;
  readonly #views = new Map<number, View>();
  #lastId = 0;

  constructor(deps: ViewServerDeps) {
    this.#deps = deps;
  }

  get memoryBytes(): number {
    return [...this.#views.values()].reduce((sum, view) => sum + view.memoryBytes, 0);
  }

  /** A page of a view, which is made where there is none that will do. Rejects with what made the view fail. */
  async page(request: PageRequest): Promise<ViewPage> {
    const view = this.#find(request) ?? this.#start(request.spec);
    view.lastAskedMs = this.#deps.now();
    const { sorting } = request.spec;
    const grows = view.isOrderedWhileGrowing(sorting) && request.locate === undefined;
    await view.until(() => grows && view.index.count >= request.offset + request.limit, request.waitMs);
    if (view.state.kind === 'failed') throw view.state.error;
    const isComplete = view.state.kind === 'complete';
    const isReady = isComplete || grows;
    const offset = isReady ? this.#offsetOf(view, request) : request.offset;
    return {
      view: view.id,
      asOfMs: view.asOfMs,
      total: view.index.count,
      totalBytes: view.index.totalBytes,
      isComplete,
      isCut: view.isCut,
      offset,
      rows: isReady ? await this.#rows(view, request, offset) : [],
    };
  }

  /** Drops what was not used for long; called now and then. */
  tidy(): void {
    const nowMs = this.#deps.now();
    for (const [id, view] of this.#views) if (nowMs - view.lastAskedMs > IDLE_MS) this.#views.delete(id);
    const byAge = [...this.#views.values()].sort((a, b) => a.lastAskedMs - b.lastAskedMs);
    for (const view of byAge.slice(0, -1)) {
      if (!this.#isFull) return;
      if (!this.#isGrowingForSomebody(view)) this.#views.delete(view.id);
    }
  }

  #isGrowingForSomebody(view: View): boolean {
    const { state, isWaitedFor, lastAskedMs } = view;
    return state.kind === 'building' && (isWaitedFor || this.#deps.now() - lastAskedMs < ABANDON_AFTER_MS);
  }

  get #isFull(): boolean {
    return this.memoryBytes > (this.#deps.maxMemoryBytes ?? MAX_MEMORY_BYTES);
  }

  #find({ spec, view: id, fresh }: PageRequest): View | undefined {
    const name = nameOfContent(spec);
    const named = id === undefined ? undefined : this.#views.get(id);
    if (named !== undefined && nameOfContent(named.spec) === name && isAlive(named)) return named;
    // A view that ended for want of memory goes on being one for who has it; another try may find more.
    const others = [...this.#views.values()].filter(
      (view) => isAlive(view) && !view.isShort && nameOfContent(view.spec) === name,
    );
    const newest = others.at(-1);
    return newest !== undefined && this.#isFreshEnough(newest, fresh) ? newest : undefined;
  }

  #isFreshEnough(view: View, fresh: boolean): boolean {
    if (view.commits === this.#deps.commits()) return true;
    if (fresh) return false;
    const ageMs = this.#deps.now() - view.asOfMs;
    return view.state.kind === 'building' || (view.buildMs > QUICK_BUILD_MS && ageMs < view.buildMs * STALE_FACTOR);
  }

  #start(spec: ViewSpec): View {
    this.#lastId += 1;
    const view = new View(this.#lastId, spec, this.#deps.now(), this.#deps.commits());
    this.#views.set(view.id, view);
    void this.#build(view);
    return view;
  }

  async #build(view: View): Promise<void> {
    const { read, pause } = this.#deps;
    const startedMs = performance.now();
    let isWanted = true;
    const goOn = async (): Promise<boolean> => {
      view.progressed();
      await pause();
      if (this.#isFull) this.tidy();
      isWanted = this.#views.has(view.id) && this.#isGrowingForSomebody(view);
      view.isShort = this.#isFull;
      return isWanted && !view.isCut;
    };
    try {
      await buildIndex({ read, goOn }, view.spec, view.index);
      view.state = { kind: isWanted ? 'complete' : 'abandoned' };
    } catch (error) {
      view.state = { kind: 'failed', error };
    }
    if (view.state.kind !== 'complete') this.#views.delete(view.id);
    view.buildMs = performance.now() - startedMs;
    view.progressed();
    this.tidy();
  }

  #offsetOf(view: View, { spec, locate, offset, limit }: PageRequest): number {
    if (locate === undefined || spec.scopes.length !== 1) return offset;
    const { position } = view.locate(locate, spec);
    return Math.max(0, position - (limit >> 1));
  }

  async #rows(view: View, { spec, limit }: PageRequest, offset: number): Promise<ViewRow[]> {
    const order = view.order(spec.sorting);
    const end = Math.min(view.index.count, offset + limit);
    return this.#deps.read(async (tx) => {
      const rows: ViewRow[] = [];
      for (let at = offset; at < end; at++) rows.push(await readRow(tx, view, order?.[at] ?? at));
      return rows;
    });
  }
}

function isAlive({ state }: View): boolean {
  return state.kind === 'building' || state.kind === 'complete';
}

/** Equal for specs that differ in their order alone; a search by name has nothing to sort by size with. */
function nameOfContent({ scopes, content, sorting }: ViewSpec): string {
  const hasValues = content.kind === 'folder' || sorting.by === 'size' || sorting.by === 'changed';
  return JSON.stringify([scopes, content, hasValues]);
}

/** As the catalogue has it now. */
async function readRow(tx: ReadTx, { index, spec }: View, at: number): Promise<ViewRow> {
  const number = index.scopeAt(at);
  const scope = spec.scopes[number];
  if (scope === undefined) throw new Error(`a row of scope ${number}, which the view has not`);
  const name = scope.prefix + index.names.at(at);
  if (index.kindAt(at) === ROW_KIND.folder) return { kind: 'folder', scope: number, prefix: name };
  const row = await findShown(tx, scope.bucketId, name);
  const showsDeleted = spec.content.kind === 'folder' && spec.content.withDeleted;
  if (row === undefined || (row.is_marker === 1 && !showsDeleted)) return { kind: 'gone', scope: number, key: name };
  // The catalogue's key is one by now.
  const key: ObjectKey = row.key;
  if (row.is_marker === 1) return { kind: 'deleted', scope: number, key, modifiedAtMs: row.modified_ms };
  return {
    kind: 'file',
    scope: number,
    key,
    sizeBytes: row.size,
    modifiedAtMs: row.modified_ms,
    etag: row.etag,
    storageClass: row.storage_class,
  };
}
