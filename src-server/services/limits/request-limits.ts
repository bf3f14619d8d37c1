import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config/schema.ts';
import { Failure } from '../../domain/failure.ts';
import type { RateTable } from '../../platform/rate-table.ts';
import type { Identity } from '../identity.ts';

/** How much of what a client may ask for; in each 0 is no limit. Counted over all threads. */
export class RequestLimits {
  readonly #limits: Config['limits'];
  readonly #table: RateTable;

  constructor(limits: Config['limits'], table: RateTable) {
    this.#limits = limits;
    this.#table = table;
  }

  /** Asked before anything is read of a request. Throws SlowDown. */
  admitAddress(address: string | undefined): void {
    const { addressRequestsPerSecond: perSecond } = this.#limits;
    if (perSecond > 0 && address !== undefined) this.#take(`address ${networkOf(address)}`, perSecond);
  }

  /**
   * Asked once it is known who sends a request: their key, then their tenant. Throws SlowDown.
   *
   * @returns to be called when the request is over
   */
  admitIdentity(identity: Identity): () => void {
    if (identity.kind !== 'user') return () => undefined;
    const { keyRequestsPerSecond, tenantRequestsPerSecond, keyConcurrentRequests } = this.#limits;
    const { accessKeyId, tenantId } = identity;
    if (accessKeyId !== null && keyRequestsPerSecond > 0) this.#take(`key ${accessKeyId}`, keyRequestsPerSecond);
    if (tenantId !== null && tenantRequestsPerSecond > 0) this.#take(`tenant ${tenantId}`, tenantRequestsPerSecond);
    if (accessKeyId === null || keyConcurrentRequests === 0) return () => undefined;
    const name = `open ${accessKeyId}`;
    if (!this.#table.acquire(name, keyConcurrentRequests)) throw slowDown(1000);
    return () => this.#table.release(name);
  }

  /** Is anything counted of the bytes of this identity? */
  paces(identity: Identity): boolean {
    return this.#lanes(identity).length > 0;
  }

  /** Counts bytes that came or go, and waits until the next ones may. Rejects with the signal's reason. */
  async pace(identity: Identity, bytes: number, signal: AbortSignal): Promise<void> {
    const waits = this.#lanes(identity).map(({ name, perSecond }) => this.#table.pace(name, bytes, perSecond));
    const waitMs = Math.max(0, ...waits);
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  }

  #lanes(identity: Identity): { readonly name: string; readonly perSecond: number }[] {
    if (identity.kind !== 'user') return [];
    const { keyBytesPerSecond, tenantBytesPerSecond } = this.#limits;
    const { accessKeyId, tenantId } = identity;
    return [
      ...(accessKeyId === null ? [] : [{ name: `bytes of key ${accessKeyId}`, perSecond: keyBytesPerSecond }]),
      ...(tenantId === null ? [] : [{ name: `bytes of tenant ${tenantId}`, perSecond: tenantBytesPerSecond }]),
    ].filter(({ perSecond }) => perSecond > 0);
  }

  #take(name: string, perSecond: number): void {
    const waitMs = this.#table.take(name, perSecond);
    if (waitMs > 0) throw slowDown(waitMs);
  }
}

/** Undefined where no limit is on: then nothing is counted at all. */
export function createRequestLimits(limits: Config['limits'], table: () => RateTable): RequestLimits | undefined {
  return Object.values(limits).some((limit) => limit > 0) ? new RequestLimits(limits, table()) : undefined;
}

/** The body of a request at the pace that its sender may have. */
export async function* pacedBytes(
  limits: RequestLimits,
  identity: Identity,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await limits.pace(identity, chunk.length, signal);
    yield chunk;
  }
}

function slowDown(waitMs: number): Failure {
  return new Failure('SlowDown', undefined, { headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } });
}

const GROUPS_OF_NETWORK = 4;
const GROUPS = 8;

/** Of IPv6 the network of 64 bits: a host has all of its addresses. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups
    .slice(0, GROUPS_OF_NETWORK)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
