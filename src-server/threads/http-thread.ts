import { parentPort, workerData } from 'node:worker_threads';
import type {
  FromHttpWorker,
  HttpWorkerAnswers,
  HttpWorkerData,
  HttpWorkerQuestion,
  ToHttpWorker,
} from '../app/http-worker-protocol.ts';
import { openServiceThread } from '../app/service-thread.ts';
import { assertNever } from '../domain/assert-never.ts';
import { forwardEvents } from '../observability/forward-events.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetricsRegistry } from '../observability/metrics.ts';
import { createRequestRecorder } from '../observability/request-recorder.ts';
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
const log = createLogger({ format: config.logFormat, onLine: (line) => send({ kind: 'log-line', line }) });
const registry = createMetricsRegistry();
const recorder = createRequestRecorder();
const thread = openServiceThread(data.seed, log);
const listener = await startS3Listener(thread.context, {
  host: config.s3Address.host,
  port: data.port,
  tls: data.tls,
  metrics: createS3Metrics(registry),
  recorder,
  reusePort: true,
});

const endForwarding = forwardEvents(thread.context.events, (events) => send({ kind: 'events', events }));

/** What this thread refused goes where it is kept, once a second. */
function sendDenials(isLast: boolean): void {
  const taken = thread.context.denials.take(Date.now(), isLast);
  if (taken.denials.length > 0 || taken.dropped > 0) send({ kind: 'denials', taken });
}
const denialsTimer = setInterval(() => sendDenials(false), 1000);

function send(message: FromHttpWorker): void {
  port?.postMessage(message);
}

function answer(question: HttpWorkerQuestion): HttpWorkerAnswers[keyof HttpWorkerAnswers] {
  switch (question.about) {
    case 'metrics':
      return registry.snapshot();
    case 'requests':
      return recorder.after(question.after);
    case 'contacts':
      return recorder.takeContacts();
    default:
      return assertNever(question);
  }
}

port.on('message', (message: ToHttpWorker) => {
  switch (message.kind) {
    case 'reload-tls':
      listener.reloadTls(message.tls);
      return;
    case 'ask':
      send({ kind: 'answer', ticket: message.ticket, answer: answer(message.question) });
      return;
    case 'close':
      void listener.close(message.graceMs).then(() => {
        endForwarding();
        clearInterval(denialsTimer);
        sendDenials(true);
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
