/** A request that was refused for what it is or who sent it; nothing in it is a secret. */
export interface Denial {
  readonly atMs: number;
  /** A user's name; `anonymous`; of a false signature the key id that was claimed. */
  readonly who: string;
  readonly arn: string | null;
  readonly accessKeyId: string | null;
  readonly tenantId: number | null;
  /** As IAM spells it; of the console the route's name. */
  readonly action: string;
  readonly resource: string;
  /** What the caller was told. */
  readonly code: string;
  readonly status: number;
  readonly port: 's3' | 'console';
  readonly sourceAddress: string | null;
  readonly requestId: string | null;
  /** What decided, as JSON; null where no policy was asked. The caller is not told. */
  readonly reason: string | null;
}

/** The first of equal denials, and how many there were until `lastMs`. */
export interface CountedDenial extends Denial {
  readonly count: number;
  readonly lastMs: number;
}

export interface TakenDenials {
  readonly denials: readonly CountedDenial[];
  /** How many could not be told apart any more: too many different ones within a minute. */
  readonly dropped: number;
}

interface Kept {
  denial: Denial;
  count: number;
  lastMs: number;
  /** When it was handed out last; undefined while it never was. */
  takenMs: number | undefined;
}

const REPEATS_FOR_MS = 60_000;
const KEPT_MAX = 2000;

/** The denials of one thread: the first of a kind is handed out at once, its repeats together, once a minute. */
export class DenialCounter {
  readonly #kept = new Map<string, Kept>();
  readonly #keptMax: number;
  #dropped = 0;

  constructor(keptMax: number = KEPT_MAX) {
    this.#keptMax = keptMax;
  }

  note(denial: Denial): void {
    const key = JSON.stringify([denial.who, denial.action, denial.resource, denial.code]);
    const known = this.#kept.get(key);
    if (known === undefined && this.#kept.size >= this.#keptMax) {
      this.#dropped += 1;
      return;
    }
    if (known === undefined) this.#kept.set(key, { denial, count: 1, lastMs: denial.atMs, takenMs: undefined });
    else {
      if (known.count === 0) known.denial = denial;
      known.count += 1;
      known.lastMs = denial.atMs;
    }
  }

  /** What is to be written now; everything where nobody will ask again. */
  take(nowMs: number, isLast = false): TakenDenials {
    const denials: CountedDenial[] = [];
    for (const [key, kept] of this.#kept) {
      const isDue = kept.takenMs === undefined || isLast || nowMs - kept.takenMs >= REPEATS_FOR_MS;
      if (!isDue) continue;
      if (kept.count === 0) {
        this.#kept.delete(key);
        continue;
      }
      denials.push({ ...kept.denial, count: kept.count, lastMs: kept.lastMs });
      kept.count = 0;
      kept.takenMs = nowMs;
    }
    const dropped = this.#dropped;
    this.#dropped = 0;
    return { denials, dropped };
  }
}
