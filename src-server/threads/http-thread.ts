import { parentPort, workerData } from 'node:worker_threads';
import type { FromHttpWorker, HttpWorkerData, ToHttpWorker } from '../app/http-worker-protocol.ts';
import { openServiceThread } from '../app/service-thread.ts';
import { assertNever } from '../domain/assert-never.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetricsRegistry } from '../observability/metrics.ts';
import { createS3Metrics } from '../observability/s3-metrics.ts';
import { startS3Listener } from '../s3/listener.ts';

/*
 * A further HTTP thread: the same listener as the main thread's, on the same port (Linux shares it by `reusePort`).
 */

const port = parentPort;
if (port === null) throw new Error('http-thread runs as a worker');
// Only `HttpThreads` starts this file.
const data = workerData as HttpWorkerData;
const { config } = data.seed;
const log = createLogger({ format: config.logFormat });
const registry = createMetricsRegistry();
const thread = openServiceThread(data.seed, log);
const listener = await startS3Listener(thread.context, {
  host: config.s3Address.host,
  port: data.port,
  tls: data.tls,
  metrics: createS3Metrics(registry),
  reusePort: true,
});

function send(message: FromHttpWorker): void {
  port?.postMessage(message);
}

port.on('message', (message: ToHttpWorker) => {
  switch (message.kind) {
    case 'reload-tls':
      listener.reloadTls(message.tls);
      return;
    case 'metrics':
      send({ kind: 'metrics', ticket: message.ticket, families: registry.snapshot() });
      return;
    case 'close':
      void listener.close(message.graceMs).then(() => {
        thread.close();
        send({ kind: 'closed' });
        port.close();
      });
      return;
    default:
      assertNever(message);
  }
});
send({ kind: 'listening' });
