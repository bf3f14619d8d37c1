import type { TransferEngine } from './engine/transfer-engine.ts';
import { type FoundFile, newTransfer } from './sources/found-file.ts';

export interface Target {
  readonly bucket: string;
  readonly prefix: string;
}

/**
 * Something that was dropped or chosen and is not looked through yet: kept before the first file is looked for, until the
 * last one is listed, so that a page that closes in between forgets nothing.
 */
export interface StoredDrop {
  readonly id: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Of the files and folders that were given. */
  readonly names: readonly string[];
  /** As many as names where a later visit can find all of them by itself. */
  readonly rootIds: readonly string[];
}

/** What was given, and how to look through it. */
export interface ToFind {
  readonly names: readonly string[];
  /** Of the places that a later visit can read too. */
  readonly rootIds: readonly string[];
  walk(): AsyncIterable<readonly FoundFile[]>;
}

export interface FinderLedger {
  saveDrop(drop: StoredDrop): Promise<void>;
  removeDrop(id: string): Promise<void>;
}

/**
 * Looks through what was dropped and hands what it finds to the engine. A drop stays in the ledger until all of it is listed
 * there: where the page closes before, the next visit looks again, or says what must be dropped again.
 */
export class Finder {
  readonly #engine: TransferEngine;
  readonly #ledger: FinderLedger;
  readonly #looking = new Set<StoredDrop>();
  readonly #broken = new Map<string, StoredDrop>();

  constructor(engine: TransferEngine, ledger: FinderLedger) {
    this.#engine = engine;
    this.#ledger = ledger;
  }

  /** Is something being looked through? Then the number of files is not the last word. */
  get isLooking(): boolean {
    return this.#looking.size > 0;
  }

  /** Would the next visit have to ask for something that is being looked through now? */
  get wouldAsk(): boolean {
    return [...this.#looking].some((drop) => !isWhole(drop));
  }

  /** Drops of earlier visits that were not looked through to the end and wait for somebody. */
  get broken(): readonly StoredDrop[] {
    return [...this.#broken.values()];
  }

  /** Takes in what was given; resolves to the number of files when all of it was found. */
  async add(id: string, given: ToFind, target: Target): Promise<number> {
    const { names, rootIds } = given;
    const before = this.#brokenOf(target, names);
    const drop = { id: before?.id ?? id, ...target, names, rootIds };
    // Should this visit end too, the next one asks for the same names.
    await this.#ledger.saveDrop(before === undefined ? drop : { ...before, rootIds: [] });
    const count = await this.#look(drop, given, before !== undefined);
    if (before !== undefined && !this.#engine.signal.aborted) await this.#found(before, names);
    return count;
  }

  /** Goes on with what an earlier visit left. Without a way to look through it, it waits for somebody. */
  async goOn(drop: StoredDrop, given: Pick<ToFind, 'walk'> | undefined): Promise<void> {
    if (given === undefined) {
      this.#broken.set(drop.id, drop);
      this.#engine.refresh();
      return;
    }
    this.#broken.delete(drop.id);
    if ([...this.#looking].some(({ id }) => id === drop.id)) return;
    // From now on it is this visit's: no other page looks for it too.
    void this.#ledger.saveDrop(drop);
    await this.#look(drop, given, true);
  }

  /** Gives what was chosen again to the broken drops that it belongs to; resolves to the number of files. */
  async giveAgain(chosen: readonly FoundFile[]): Promise<number> {
    const names = [...new Set(chosen.map(({ path }) => topOf(path)))];
    let count = 0;
    for (const drop of this.broken) {
      const mine = chosen.filter(({ path }) => drop.names.includes(topOf(path)));
      if (mine.length === 0) continue;
      const listed = this.#listed(drop);
      const fresh = mine.filter(({ path }) => !listed.has(path));
      this.#take(drop, fresh, true);
      count += fresh.length;
      await this.#engine.keep();
      await this.#found(drop, names);
    }
    return count;
  }

  /** Nobody wants the rest of a drop. */
  async forget(drop: StoredDrop): Promise<void> {
    this.#broken.delete(drop.id);
    this.#engine.refresh();
    await this.#ledger.removeDrop(drop.id);
  }

  async #look(drop: StoredDrop, given: Pick<ToFind, 'walk'>, isAgain: boolean): Promise<number> {
    this.#looking.add(drop);
    const listed = isAgain ? this.#listed(drop) : new Set<string>();
    let count = 0;
    try {
      this.#engine.refresh();
      for await (const chunk of given.walk()) {
        if (this.#engine.signal.aborted) return count;
        const fresh = chunk.filter(({ path }) => !listed.has(path));
        this.#take(drop, fresh, isAgain);
        count += chunk.length;
      }
      await this.#engine.keep();
      if (!this.#broken.has(drop.id)) await this.#ledger.removeDrop(drop.id);
    } finally {
      this.#looking.delete(drop);
      this.#engine.refresh();
    }
    return count;
  }

  #take({ id, bucket, prefix }: StoredDrop, found: readonly FoundFile[], isAgain: boolean): void {
    this.#engine.add(found.map((one) => ({ ...newTransfer(one, { bucket, prefix, drop: id }), isAgain })));
  }

  /** What the earlier visit listed of it, but for what waits for its bytes. */
  #listed({ id }: StoredDrop): Set<string> {
    const listed = new Set<string>();
    for (const { drop, path, state } of this.#engine.list('all')) {
      if (drop === id && state !== 'needs-file') listed.add(path);
    }
    return listed;
  }

  #brokenOf({ bucket, prefix }: Target, names: readonly string[]): StoredDrop | undefined {
    return this.broken.find(
      (drop) => drop.bucket === bucket && drop.prefix === prefix && names.some((name) => drop.names.includes(name)),
    );
  }

  /** These names of a broken drop are looked through; the others are still wanted. */
  async #found(drop: StoredDrop, names: readonly string[]): Promise<void> {
    const rest = drop.names.filter((name) => !names.includes(name));
    if (rest.length === 0) {
      await this.forget(drop);
      return;
    }
    const wanted = { ...drop, names: rest, rootIds: [] };
    this.#broken.set(drop.id, wanted);
    this.#engine.refresh();
    await this.#ledger.saveDrop(wanted);
  }
}

/** Can a later visit find all of it by itself? */
export function isWhole({ names, rootIds }: StoredDrop): boolean {
  return rootIds.length > 0 && rootIds.length >= names.length;
}

/** `photos/2026/a.jpg` → `photos`. */
export function topOf(path: string): string {
  const [top = path] = path.split('/');
  return top;
}
