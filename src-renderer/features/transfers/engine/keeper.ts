import type { Ledger, LedgerRecord } from './ports.ts';
import type { Transfer } from './transfer.ts';

const FLUSH_MS = 1000;
/** As many a transaction, so that none holds up the page. */
const AT_ONCE = 500;

/** Writes to the ledger what changed, once a second: what came and went in between never gets there. */
export class Keeper {
  readonly #ledger: Ledger;
  readonly #changed = new Set<Transfer>();
  readonly #gone = new Set<string>();
  readonly #kept = new Set<string>();
  #lastMs = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get isDirty(): boolean {
    return this.#changed.size > 0 || this.#gone.size > 0;
  }

  /** It stands there already. */
  noteKept({ id }: Transfer): void {
    this.#kept.add(id);
  }

  changed(transfer: Transfer): void {
    this.#changed.add(transfer);
  }

  gone(transfer: Transfer): void {
    this.#changed.delete(transfer);
    if (this.#kept.delete(transfer.id)) this.#gone.add(transfer.id);
  }

  flushSoon(nowMs: number): void {
    if (!this.isDirty || nowMs - this.#lastMs < FLUSH_MS) return;
    this.#lastMs = nowMs;
    void this.flush();
  }

  /** Resolves when everything up to now is kept. One at a time: what is gone must not be written after it was removed. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const records = [...this.#changed].map(recordOf);
    const gone = [...this.#gone];
    this.#changed.clear();
    this.#gone.clear();
    for (const { id } of records) this.#kept.add(id);
    for (let start = 0; start < records.length; start += AT_ONCE) {
      await this.#ledger.save(records.slice(start, start + AT_ONCE));
    }
    for (let start = 0; start < gone.length; start += AT_ONCE) {
      await this.#ledger.remove(gone.slice(start, start + AT_ONCE));
    }
  }
}

function recordOf(transfer: Transfer): LedgerRecord {
  const { id, drop, bucket, key, path, sizeBytes, modifiedAtMs, contentType, state, error, place } = transfer;
  return {
    id,
    drop,
    bucket,
    key,
    path,
    sizeBytes,
    modifiedAtMs,
    contentType,
    state: state === 'paused' || state === 'failed' ? state : 'waiting',
    error,
    place,
    rule: transfer.rule,
    upload: transfer.upload,
  };
}
