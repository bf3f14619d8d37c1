import { urlHost } from '../config/address.ts';
import type { Config } from '../config/schema.ts';
import type { TlsPair } from '../config/tls-pair.ts';
import type { LiveEvent } from '../contract/events.ts';
import type { TakenDenials } from '../observability/denials.ts';
import type { PublishedEvent } from '../observability/forward-events.ts';
import type { LogTail } from '../observability/log-tail.ts';
import type { MetricsRegistry } from '../observability/metrics.ts';
import { createRequestRecorder } from '../observability/request-recorder.ts';
import { createS3Metrics } from '../observability/s3-metrics.ts';
import { startS3Listener } from '../s3/listener.ts';
import { type HttpThreads, startHttpThreads } from './http-threads.ts';
import type { ServiceSeed, ServiceThread } from './service-thread.ts';

export interface OpenS3Options {
  readonly config: Config;
  readonly tls: TlsPair | undefined;
  readonly registry: MetricsRegistry;
  readonly logTail: LogTail;
  readonly onDeath: (cause: unknown) => void;
  /** What further threads refused. */
  readonly onDenials: (taken: TakenDenials) => void;
  /** A seed with ports of its own for each further thread. */
  seed(): ServiceSeed;
}

/** The S3 port on all its threads. */
export interface S3Port {
  /** With the port that was really given. */
  readonly url: string;
  readonly threads: HttpThreads;
  reloadTls(tls: TlsPair): void;
  /** Further threads first, then this one's listener. */
  close(graceMs: number): Promise<void>;
}

/** Opens the S3 port on this thread and on further ones; who watches `thread.requests` sees all of them. */
export async function openS3(thread: ServiceThread, options: OpenS3Options): Promise<S3Port> {
  const { config, tls, registry, logTail, onDeath, onDenials, seed } = options;
  const count = config.threads.http - 1;
  const { host, port } = config.s3Address;
  const recorder = createRequestRecorder();
  thread.requests.add(recorder);
  const metrics = createS3Metrics(registry);
  const listener = await startS3Listener(thread.context, { host, port, tls, metrics, recorder, reusePort: count > 0 });
  const onLogLine = (line: string): void => logTail.write(line);
  const onEvents = (events: readonly PublishedEvent<LiveEvent>[]): void => {
    for (const { event, audience } of events) thread.context.events.publish(event, audience);
  };
  const { port: sharedPort } = listener.address;
  try {
    const threads = await startHttpThreads({
      count,
      port: sharedPort,
      tls,
      onDeath,
      onLogLine,
      onEvents,
      onDenials,
      seed,
    });
    for (const source of threads.requests) thread.requests.add(source);
    return {
      url: `${tls === undefined ? 'http' : 'https'}://${urlHost(host)}:${listener.address.port}`,
      threads,
      reloadTls: (pair) => {
        for (const server of [listener, threads]) server.reloadTls(pair);
      },
      close: async (graceMs) => {
        await threads.close(graceMs);
        await listener.close(graceMs);
      },
    };
  } catch (error) {
    await listener.close(0);
    throw error;
  }
}
