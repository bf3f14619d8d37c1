/** Pages of this browser tell each other that they are alive, so that two never send the same file. */
const CHANNEL = 'stowage.transfers';
const ANSWER_MS = 300;

interface Visits {
  /** Of this page. */
  readonly id: string;
  /** The other pages that are open now. */
  others(): Promise<ReadonlySet<string>>;
}

/** Call once a page. A page that closed or crashed does not answer, one in the background does. */
export function joinVisits(): Visits {
  const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const channel = new BroadcastChannel(CHANNEL);
  const heard = new Set<string>();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'who') channel.postMessage({ id });
    else if (typeof data === 'object' && data !== null && 'id' in data) heard.add(String(data.id));
  });
  return {
    id,
    others: async () => {
      heard.clear();
      channel.postMessage('who');
      await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
      return new Set(heard);
    },
  };
}
