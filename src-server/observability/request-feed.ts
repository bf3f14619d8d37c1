import type { Contact } from './contacts.ts';
import type { SeenPage, SeenRequest } from './request-ring.ts';

/** One thread's recorder, asked across threads. */
export interface RequestSource {
  after(sequence: number): SeenPage | Promise<SeenPage>;
  takeContacts(): Contact[] | Promise<Contact[]>;
}

/** Requests that came since the last time, oldest first; `missed` could not be kept. */
export type RequestListener = (requests: readonly SeenRequest[], missed: number) => void;

/** The S3 requests of every HTTP thread, for who watches them on the main thread. */
export interface RequestFeed {
  /** The last ones, newest first. */
  recent(): Promise<SeenRequest[]>;
  /** From now on, four times a second at most. Threads are asked only while somebody listens. Returns what ends it. */
  subscribe(listener: RequestListener): () => void;
}

export interface OwnedRequestFeed extends RequestFeed {
  add(source: RequestSource): void;
  takeContacts(): Promise<Contact[]>;
  close(): void;
}

const EVERY_MS = 250;
const NEWEST = Number.POSITIVE_INFINITY;

interface Watched {
  readonly source: RequestSource;
  sequence: number;
}

export function createRequestFeed(everyMs: number = EVERY_MS): OwnedRequestFeed {
  const sources: Watched[] = [];
  const listeners = new Set<RequestListener>();
  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;
  const pull = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    try {
      const pages = await Promise.all(sources.map(nextPage));
      const missed = pages.reduce((sum, page) => sum + page.missed, 0);
      const requests = pages.flatMap((page) => page.requests).sort(byEnd);
      if (requests.length > 0 && timer !== undefined) for (const listener of listeners) listener(requests, missed);
    } finally {
      isAsking = false;
    }
  };
  const begin = async (): Promise<void> => {
    isAsking = true;
    // What was there before somebody watched is asked for with `recent`.
    await Promise.all(sources.map(skipToEnd));
    isAsking = false;
  };
  return {
    add: (source) => sources.push({ source, sequence: 0 }),
    recent: async () => {
      const pages = await Promise.all(sources.map(({ source }) => source.after(0)));
      return pages.flatMap((page) => page.requests).sort((a, b) => byEnd(b, a));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        timer = setInterval(() => void pull(), everyMs);
        timer.unref();
        void begin();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    takeContacts: async () => (await Promise.all(sources.map(({ source }) => source.takeContacts()))).flat(),
    close: () => {
      listeners.clear();
      clearInterval(timer);
      timer = undefined;
    },
  };
}

async function nextPage(watched: Watched): Promise<SeenPage> {
  const page = await watched.source.after(watched.sequence);
  watched.sequence = page.lastSequence;
  return page;
}

async function skipToEnd(watched: Watched): Promise<void> {
  watched.sequence = (await watched.source.after(NEWEST)).lastSequence;
}

function byEnd(a: SeenRequest, b: SeenRequest): number {
  return a.atMs + a.durationMs - b.atMs - b.durationMs;
}
