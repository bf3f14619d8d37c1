import type { EventAudience, EventHub } from './event-hub.ts';

/** An event and who is told, on its way to another thread. */
export interface PublishedEvent<E> {
  readonly event: E;
  readonly audience: EventAudience;
}

/** A client that changes a setting in a loop makes ten messages a second of it, not thousands. */
const GATHER_MS = 100;

/**
 * Hands on what is published on this thread to a thread that somebody watches. Events say what changed and not how, so equal
 * ones that come within a tenth of a second go once, in the order in which they came first.
 *
 * @param send takes the events of one message
 * @returns what ends it; what still waits then is sent
 */
export function forwardEvents<E>(hub: EventHub<E>, send: (events: readonly PublishedEvent<E>[]) => void): () => void {
  const waiting = new Map<string, PublishedEvent<E>>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    send([...waiting.values()]);
    waiting.clear();
  };
  const unsubscribe = hub.subscribe((event, audience) => {
    const published = { event, audience };
    waiting.set(JSON.stringify(published), published);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  return () => {
    unsubscribe();
    flush();
  };
}
