import type { EngineHost } from '../engine/engine-host.ts';
import type { Logger } from '../observability/logger.ts';

const RECENT_MS = 60_000;

/**
 * Watches for batches that could not be made durable. Their callers were told; a server that refuses every one of them must
 * say so where it is asked how it is.
 *
 * @returns the reason of the newest one, for a minute
 */
export function watchFailures(engine: EngineHost, log: Logger): () => string | undefined {
  let newest: { readonly reason: string; readonly atMs: number } | undefined;
  engine.on('batch-failed', (reason) => {
    if (newest?.reason !== reason || performance.now() - newest.atMs > RECENT_MS) {
      log.error({ reason }, 'changes could not be made durable and were refused');
    }
    newest = { reason, atMs: performance.now() };
  });
  return () => (newest !== undefined && performance.now() - newest.atMs < RECENT_MS ? newest.reason : undefined);
}
