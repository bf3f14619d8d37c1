import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { getEvents, type LiveEvent } from '../../src-server/contract/events.ts';
import { openEventStream } from './event-stream.ts';
import { queriesOfFiles } from './file-queries.ts';

/** What is to be asked for anew after an event; queries whose key begins so. */
function touchedBy(event: LiveEvent): readonly QueryKey[] {
  switch (event.kind) {
    case 'hello':
    case 'self-test':
    case 'contact':
      return [];
    case 'keys':
      return [['keys'], ['people']];
    case 'settings':
      return [['settings']];
    case 'tenants':
      return [['tenants'], ['people']];
    case 'people':
      return [['people']];
    case 'account':
      return [['account'], ['sessions'], ['session']];
    case 'operation':
      return [['operations'], ...event.buckets.flatMap(queriesOfFiles)];
    case 'bucket-changed':
      return [['buckets']];
    case 'shares':
      return [['shares']];
    // What they say is all there is to show.
    case 'status':
    case 'now':
    case 'requests':
    case 'log':
      return [];
  }
}

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();

/** Calls `listener` for every event while this window is connected. Returns what ends it. */
export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The server says something every ten seconds: after so long nobody knows how it is. */
const SILENCE_MS = 25_000;
const WATCH_EVERY_MS = 2_000;

let isHeard = false;
let heardAtMs = 0;
const heardListeners = new Set<() => void>();

function setHeard(heard: boolean): void {
  if (heard) heardAtMs = Date.now();
  if (heard === isHeard) return;
  isHeard = heard;
  for (const listener of heardListeners) listener();
}

/** Does the stream of events live? False while it is broken or silent: what the page shows may be old. */
export function useIsHeard(): boolean {
  return useSyncExternalStore(
    (listener) => {
      heardListeners.add(listener);
      return () => heardListeners.delete(listener);
    },
    () => isHeard,
  );
}

/** What does not change, or is read as it was when it was opened. */
const LASTING = new Set(['archive', 'content', 'content-url', 'qr-encoder', 'support-bundle']);

/** Keeps one stream of events open while somebody is signed in. */
export function useLiveEvents(isSignedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isSignedIn) return;
    let opened = 0;
    let openedAtMs = Date.now();
    const stream = openEventStream(getEvents.path, {
      onOpen: () => {
        setHeard(true);
        opened += 1;
        // Nobody kept what happened while the stream was broken.
        if (opened > 1)
          void client.invalidateQueries({ predicate: ({ queryKey }) => !LASTING.has(String(queryKey[0])) });
      },
      onLost: (isRefused) => {
        setHeard(false);
        // Most likely the session is over.
        if (isRefused) void client.invalidateQueries({ queryKey: ['session'] });
      },
      onEvent: (event) => {
        setHeard(true);
        tell(client, event);
      },
    });
    const watch = setInterval(() => {
      if (Date.now() - Math.max(heardAtMs, openedAtMs) <= SILENCE_MS) return;
      // The other side may be gone without a word: after sleep, or in another network.
      openedAtMs = Date.now();
      setHeard(false);
      stream.reopen();
    }, WATCH_EVERY_MS);
    return () => {
      clearInterval(watch);
      stream.close();
      setHeard(false);
    };
  }, [client, isSignedIn]);
}

function tell(client: QueryClient, event: LiveEvent): void {
  for (const queryKey of touchedBy(event)) void client.invalidateQueries({ queryKey });
  for (const listener of listeners) listener(event);
}
