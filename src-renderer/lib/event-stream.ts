import { type LiveEvent, liveEventSchema } from '../../src-server/contract/events.ts';

/** A broken connection the browser opens again by itself, a refused one it does not. */
const REOPEN_MS = 5_000;

interface EventStreamHandlers {
  readonly onEvent: (event: LiveEvent) => void;
  readonly onOpen?: () => void;
  /** Nothing is heard until `onOpen`. `isRefused`: the server answered, but with no stream. */
  readonly onLost?: (isRefused: boolean) => void;
}

interface EventStream {
  /** For a connection that is silent for longer than the server ever is. */
  reopen(): void;
  close(): void;
}

/** Follows a stream of events until it is closed, whatever becomes of the connection. */
export function openEventStream(url: string, { onEvent, onOpen, onLost }: EventStreamHandlers): EventStream {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource(url);
    opened.onopen = () => onOpen?.();
    opened.onmessage = ({ data }: { readonly data: string }) => {
      // A newer server may say what this page does not know.
      const parsed = liveEventSchema.safeParse(JSON.parse(data));
      if (parsed.success) onEvent(parsed.data);
    };
    opened.onerror = () => {
      const isRefused = opened.readyState === EventSource.CLOSED;
      if (isRefused) timer = setTimeout(reopen, REOPEN_MS);
      onLost?.(isRefused);
    };
    return opened;
  }
  function close(): void {
    clearTimeout(timer);
    source.close();
  }
  function reopen(): void {
    close();
    source = open();
  }
  return { reopen, close };
}
