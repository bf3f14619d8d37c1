import { LRUCache } from 'lru-cache';
import type { KeyUse } from '../../commands/note-key-uses.ts';
import type { Catalogue, ServiceContext } from '../context.ts';

/** The same client at the same place is written back no more often. */
export const KEY_USE_WRITE_BACK_MS = 300_000;
/** One commit for all keys of a thread, no more often. */
const FLUSH_EVERY_MS = 60_000;
/** So that the first use of a key shows soon. */
const FIRST_FLUSH_MS = 1000;
const MAX_REMEMBERED = 4096;
const MAX_CLIENT_LENGTH = 200;

interface Noted {
  readonly last: LRUCache<string, KeyUse>;
  readonly waiting: Map<string, KeyUse>;
  lastFlushMs: number;
  timer: NodeJS.Timeout | undefined;
}

const notedBy = new WeakMap<Catalogue, Noted>();

/**
 * Remembers that a key was used, to be written back later together with others: no request waits or commits for it. What was
 * not written back when the server ends is lost.
 */
export function noteKeyUse(context: ServiceContext, use: Omit<KeyUse, 'usedMs'>): void {
  const noted = notedOf(context.catalogue);
  const last = noted.last.get(use.accessKeyId);
  const usedMs = context.now();
  const client = use.client.slice(0, MAX_CLIENT_LENGTH);
  const isSame = last?.address === use.address && last.client === client;
  if (isSame && usedMs - last.usedMs < KEY_USE_WRITE_BACK_MS) return;
  const row: KeyUse = { accessKeyId: use.accessKeyId, address: use.address, client, usedMs };
  noted.last.set(use.accessKeyId, row);
  noted.waiting.set(use.accessKeyId, row);
  if (noted.timer !== undefined) return;
  const waitMs = Math.max(FIRST_FLUSH_MS, noted.lastFlushMs + FLUSH_EVERY_MS - performance.now());
  noted.timer = setTimeout(() => void flush(context, noted), waitMs).unref();
}

async function flush(context: ServiceContext, noted: Noted): Promise<void> {
  noted.timer = undefined;
  noted.lastFlushMs = performance.now();
  const uses = [...noted.waiting.values()];
  noted.waiting.clear();
  try {
    await context.engine.submit('note-key-uses', { uses });
  } catch (error) {
    context.log.debug({ err: error }, 'the use of access keys could not be written back');
  }
}

function notedOf(catalogue: Catalogue): Noted {
  let noted = notedBy.get(catalogue);
  if (noted === undefined) {
    const last = new LRUCache<string, KeyUse>({ max: MAX_REMEMBERED });
    noted = { last, waiting: new Map(), lastFlushMs: Number.NEGATIVE_INFINITY, timer: undefined };
    notedBy.set(catalogue, noted);
  }
  return noted;
}
