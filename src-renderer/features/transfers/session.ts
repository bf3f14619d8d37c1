import { queryClient } from '../../app/query-client.ts';
import { refreshFiles } from '../../lib/file-queries.ts';
import { createChecksums } from './api/checksums.ts';
import { transferApiOf } from './api/transfer-api.ts';
import { matchFiles } from './engine/match-files.ts';
import { TransferEngine } from './engine/transfer-engine.ts';
import { Finder, isWhole, type StoredDrop, type Target } from './finder.ts';
import { type BrowserLedger, openLedger, type StoredRoot } from './ledger/browser-ledger.ts';
import { mayHaveTransfers } from './ledger/flag.ts';
import { joinVisits } from './ledger/visits.ts';
import { sharePace } from './share-pace.ts';
import { emptyFolder, type FoundFile, sourceOf } from './sources/found-file.ts';
import { type Given, namesOf, type Origin, originsOf } from './sources/origins.ts';
import { askToRead, isReadable, sourceBelow } from './sources/stored-roots.ts';
import { breathe, walkOrigins } from './sources/walk.ts';

/** Transfers of the person who is signed in, in this page. */
export class TransferSession {
  readonly user: string;
  readonly engine: TransferEngine;
  readonly finder: Finder;
  readonly #ledger: BrowserLedger;
  readonly #pace: ReturnType<typeof sharePace>;
  readonly #checksums: ReturnType<typeof createChecksums>;
  readonly #roots = new Map<string, StoredRoot>();
  readonly #online = () => this.engine.tryNow();
  readonly #leaving = () => void this.engine.keep();

  constructor(user: string, ledger: BrowserLedger) {
    this.user = user;
    this.#ledger = ledger;
    this.#checksums = createChecksums();
    this.engine = new TransferEngine({
      api: transferApiOf(user),
      checksums: this.#checksums,
      ledger,
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      newId: newName,
      onSent: (bytes) => this.#pace.sent(bytes),
      onSignedOut: () => queryClient.setQueryData(['session'], null),
      onStored: refreshSoon,
    });
    this.#pace = sharePace(this.engine.pace);
    this.finder = new Finder(this.engine, ledger);
    addEventListener('online', this.#online);
    addEventListener('pagehide', this.#leaving);
  }

  /** Looks through what was given and takes it in as it is found; resolves to the number of files. */
  async add(given: Given, target: Target): Promise<number> {
    const origins = await originsOf(given, newName);
    const roots = origins.flatMap((origin) => (origin.kind === 'handle' ? [origin.root] : []));
    for (const root of roots) this.#roots.set(root.id, root);
    await this.#ledger.saveRoots(roots);
    const rootIds = roots.map(({ id }) => id);
    return this.finder.add(newName(), { names: namesOf(origins), rootIds, walk: () => walkOrigins(origins) }, target);
  }

  /** Gives files that were chosen again to the transfers that wait for them; resolves to how many these were. */
  async giveAgain(given: Given): Promise<number> {
    const chosen: FoundFile[] = [];
    for await (const chunk of walkOrigins(await originsOf(given, newName))) chosen.push(...chunk);
    const candidates = chosen.map((found) => ({
      ...found,
      sizeBytes: found.file.size,
      modifiedAtMs: found.file.lastModified,
    }));
    const matched = matchFiles(this.engine.book.in('needs-file'), candidates);
    for (const [transfer, found] of matched) this.engine.attach(transfer, sourceOf(found));
    return matched.size + (await this.finder.giveAgain(chosen));
  }

  /** Has the browser ask whether the page may read again what it read before; call in answer to a click. */
  async readAgain(): Promise<void> {
    const waiting = [...this.engine.book.in('needs-file')];
    const locked = this.finder.broken.filter(isWhole);
    const ids = new Set([...waiting.map(({ place }) => place?.rootId), ...locked.flatMap(({ rootIds }) => rootIds)]);
    const readable = new Set<string>();
    for (const root of this.#roots.values()) {
      if (!ids.has(root.id) || !(await askToRead(root))) continue;
      readable.add(root.id);
      for (const transfer of waiting) {
        if (transfer.place?.rootId === root.id) this.engine.attach(transfer, sourceBelow(root, transfer.place));
      }
    }
    await Promise.all(locked.map((drop) => this.#lookAgain(drop, readable)));
  }

  /** Of those that wait for their bytes: how many need a permission only, and how many must be chosen again. */
  waitingForFiles(): { readonly locked: number; readonly lost: number } {
    let locked = 0;
    const waiting = this.engine.book.in('needs-file');
    for (const { place } of waiting) if (place !== undefined && this.#roots.has(place.rootId)) locked += 1;
    return { locked, lost: waiting.size - locked };
  }

  /** Would closing the page now cost the person something that a later visit cannot go on with by itself? */
  get wouldLose(): boolean {
    const { sending, waiting, conflict } = this.engine.book.totals;
    if (this.finder.isLooking && (!this.#ledger.isKept || this.finder.wouldAsk)) return true;
    if (sending.files + waiting.files + conflict.files === 0) return false;
    if (!this.#ledger.isKept) return true;
    for (const state of ['sending', 'waiting', 'conflict'] as const) {
      for (const { place } of this.engine.book.in(state)) if (place === undefined) return true;
    }
    return false;
  }

  /** Lists what earlier visits left, and goes on with what can be read. */
  async restore(isAlive: (visit: string) => boolean): Promise<void> {
    const { transfers, roots, drops } = await this.#ledger.load(isAlive);
    const readable = new Set<string>();
    for (const root of roots) {
      this.#roots.set(root.id, root);
      if (await isReadable(root)) readable.add(root.id);
    }
    for (const [index, { record, parts }] of transfers.entries()) {
      if (index % RESTORED_AT_ONCE === 0) await breathe();
      const { place, path } = record;
      const root = place === undefined || !readable.has(place.rootId) ? undefined : this.#roots.get(place.rootId);
      const below = root === undefined || place === undefined ? undefined : sourceBelow(root, place);
      this.engine.restore(record, parts, path.endsWith('/') ? sourceOf(emptyFolder(path)) : below);
    }
    // Looking takes as long as it takes; the visit has begun.
    for (const drop of drops) void this.#lookAgain(drop, readable);
  }

  #lookAgain(drop: StoredDrop, readable: ReadonlySet<string>): Promise<void> {
    const origins = drop.rootIds.flatMap((id): Origin[] => {
      const root = readable.has(id) ? this.#roots.get(id) : undefined;
      return root === undefined ? [] : [{ kind: 'handle', root }];
    });
    const mayRead = isWhole(drop) && origins.length === drop.rootIds.length;
    return this.finder.goOn(drop, mayRead ? { walk: () => walkOrigins(origins) } : undefined);
  }

  async close(): Promise<void> {
    removeEventListener('online', this.#online);
    removeEventListener('pagehide', this.#leaving);
    this.#pace.close();
    await this.engine.close();
    this.#checksums.close();
  }
}

/** Lets the page paint while thousands are listed. */
const RESTORED_AT_ONCE = 500;

let visits: ReturnType<typeof joinVisits> | undefined;

/** Opens the transfers of a person: those that an earlier visit left are listed, and go on where they can. */
export async function openSession(user: string): Promise<TransferSession> {
  visits ??= joinVisits();
  const session = new TransferSession(user, await openLedger(user, visits.id));
  // Nothing was left: the first file need not wait for the other pages' answers.
  if (!mayHaveTransfers()) return session;
  const others = await visits.others();
  const { id } = visits;
  await session.restore((visit) => visit === id || others.has(visit));
  return session;
}

function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => word.toString(36)).join('');
}

const REFRESH_MS = 2000;
const refreshing = new Set<string>();

/** One refresh of the lists for the many files that are stored within two seconds. */
function refreshSoon(bucket: string): void {
  if (refreshing.has(bucket)) return;
  refreshing.add(bucket);
  setTimeout(() => {
    refreshing.delete(bucket);
    void refreshFiles(queryClient, bucket);
  }, REFRESH_MS);
}
