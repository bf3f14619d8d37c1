import type { Pace } from './engine/pace.ts';
import { usePaceSettings } from './pace-settings.ts';

const CHANNEL = 'stowage.pace';
const TELL_MS = 250;

interface SharedPace {
  /** This page sent so much. */
  sent(bytes: number): void;
  close(): void;
}

/** Keeps a page's uploads to the settings, and the pages of this browser to one limit: each pays for what the others send. */
export function sharePace(pace: Pace): SharedPace {
  const channel = new BroadcastChannel(CHANNEL);
  let untoldBytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'number') pace.spent(data);
  });
  pace.set(usePaceSettings.getState());
  const unsubscribe = usePaceSettings.subscribe((settings) => pace.set(settings));
  const tell = () => {
    timer = undefined;
    channel.postMessage(untoldBytes);
    untoldBytes = 0;
  };
  return {
    sent: (bytes) => {
      if (pace.limit.bytesPerSecond === undefined) return;
      untoldBytes += bytes;
      timer ??= setTimeout(tell, TELL_MS);
    },
    close: () => {
      unsubscribe();
      clearTimeout(timer);
      channel.close();
    },
  };
}
