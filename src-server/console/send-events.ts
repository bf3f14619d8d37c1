import type { Context } from 'koa';
import type { LiveEvent } from '../contract/events.ts';

/** Below the time after which a silent connection is cut off, here and by the proxies one meets. */
const HEARTBEAT_MS = 20_000;
/** A page that is open uses its session: it connects again now and then, which is noted. */
const LIFETIME_MS = 10 * 60_000;
/** Of a client that does not read; it will ask anew when it connects again. */
const UNSENT_BYTES_MAX = 1024 * 1024;

/** Emitted by the Koa application when the port closes: a stream without an end would hold it up. */
export const CLOSING = 'closing';

/**
 * Sends events until the client goes or its session ends (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * @param open starts them; what it returns ends them
 * @param watch calls back when the session ends; what it returns ends that
 */
export function sendEvents(
  ctx: Context,
  open: (send: (event: LiveEvent) => void) => () => void,
  watch: (onEnd: () => void) => () => void,
): void {
  const { res } = ctx;
  ctx.respond = false;
  // `no-transform`, so that nobody on the way collects events to compress them.
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' };
  res.writeHead(200, headers);
  const send = (text: string): void => {
    if (res.writableEnded) return;
    if (res.writableLength > UNSENT_BYTES_MAX) res.destroy();
    else res.write(text);
  };
  const end = open((event) => send(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS);
  const lifetime = setTimeout(() => res.end(), LIFETIME_MS);
  const leave = (): void => void res.end();
  const unwatch = watch(leave);
  ctx.app.once(CLOSING, leave);
  res.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(lifetime);
    ctx.app.off(CLOSING, leave);
    unwatch();
    end();
  });
}
