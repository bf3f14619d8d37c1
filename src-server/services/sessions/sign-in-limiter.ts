import { LRUCache } from 'lru-cache';

interface Tries {
  count: number;
  lastMs: number;
  blockedUntilMs: number;
}

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 1000;
/** Short for a name, since anybody can make its owner wait; long for an address, and for who knows the password but no code. */
const LONGEST_WAIT_MS = { name: 60_000, address: 15 * 60_000, code: 15 * 60_000 };
type Kind = keyof typeof LONGEST_WAIT_MS;
const FORGET_AFTER_MS = 60 * 60_000;
const MAX_REMEMBERED = 10_000;

/**
 * Slows down who guesses passwords or codes: after five failures of a name or an address each further one doubles the wait. Known
 * names and made-up ones are treated alike. In memory: a restart forgets it.
 */
export class SignInLimiter {
  readonly #tries = {
    name: new LRUCache<string, Tries>({ max: MAX_REMEMBERED }),
    address: new LRUCache<string, Tries>({ max: MAX_REMEMBERED }),
    code: new LRUCache<string, Tries>({ max: MAX_REMEMBERED }),
  };

  /** Takes a try ahead of its outcome, so that many at once count too. Answers how long to wait, ms; 0: go on. */
  take(name: string, address: string, nowMs: number): number {
    const ofName = this.#find('name', name, nowMs);
    const ofAddress = this.#find('address', address, nowMs);
    const waitMs = Math.max(ofName.blockedUntilMs, ofAddress.blockedUntilMs) - nowMs;
    if (waitMs > 0) return waitMs;
    count(ofName, LONGEST_WAIT_MS.name, nowMs);
    count(ofAddress, LONGEST_WAIT_MS.address, nowMs);
    return 0;
  }

  /** The try was right: the name's failures are forgotten; of the address only this try, or an account would buy guesses. */
  succeed(name: string, address: string): void {
    this.#tries.name.delete(name);
    const ofAddress = this.#tries.address.get(address);
    if (ofAddress === undefined) return;
    ofAddress.count -= 1;
    ofAddress.blockedUntilMs = 0;
  }

  /** The password was right and a code is wanted next: the try counts for nothing, and forgives nothing either. */
  giveBack(name: string, address: string): void {
    for (const tries of [this.#tries.name.get(name), this.#tries.address.get(address)]) {
      if (tries === undefined) continue;
      tries.count -= 1;
      // It was in the past when the try was taken.
      tries.blockedUntilMs = 0;
    }
  }

  /** As `take`, for a code after the right password. */
  takeCode(name: string, nowMs: number): number {
    const tries = this.#find('code', name, nowMs);
    const waitMs = tries.blockedUntilMs - nowMs;
    if (waitMs > 0) return waitMs;
    count(tries, LONGEST_WAIT_MS.code, nowMs);
    return 0;
  }

  /** The code was right. */
  succeedCode(name: string): void {
    this.#tries.code.delete(name);
  }

  #find(kind: Kind, key: string, nowMs: number): Tries {
    const known = this.#tries[kind].get(key);
    if (known !== undefined && nowMs - known.lastMs < FORGET_AFTER_MS) return known;
    const fresh = { count: 0, lastMs: nowMs, blockedUntilMs: 0 };
    this.#tries[kind].set(key, fresh);
    return fresh;
  }
}

function count(tries: Tries, longestMs: number, nowMs: number): void {
  tries.count += 1;
  tries.lastMs = nowMs;
  const over = tries.count - FREE_TRIES;
  if (over >= 0) tries.blockedUntilMs = nowMs + Math.min(FIRST_WAIT_MS * 2 ** over, longestMs);
}
