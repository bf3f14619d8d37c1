import type { TlsPair } from '../config/tls-pair.ts';
import type { LiveEvent } from '../contract/events.ts';
import type { Contact } from '../observability/contacts.ts';
import type { TakenDenials } from '../observability/denials.ts';
import type { PublishedEvent } from '../observability/forward-events.ts';
import type { FamilySnapshot } from '../observability/metrics.ts';
import type { SeenPage } from '../observability/request-ring.ts';
import type { ServiceSeed } from './service-thread.ts';

/** `workerData` of a further HTTP thread. */
export interface HttpWorkerData {
  readonly seed: ServiceSeed;
  /** The port the first thread was given; all of them listen on it. */
  readonly port: number;
  readonly tls: TlsPair | undefined;
}

export type ToHttpWorker =
  | { readonly kind: 'reload-tls'; readonly tls: TlsPair }
  | { readonly kind: 'ask'; readonly ticket: number; readonly question: HttpWorkerQuestion }
  | { readonly kind: 'close'; readonly graceMs: number };

/** What a thread is asked about itself. */
export type HttpWorkerQuestion =
  | { readonly about: 'metrics' }
  | { readonly about: 'requests'; readonly after: number }
  | { readonly about: 'contacts' };

/** The answer to each question, by what it is about. */
export interface HttpWorkerAnswers {
  readonly metrics: readonly FamilySnapshot[];
  readonly requests: SeenPage;
  readonly contacts: readonly Contact[];
}

export type FromHttpWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'answer'; readonly ticket: number; readonly answer: HttpWorkerAnswers[keyof HttpWorkerAnswers] }
  | { readonly kind: 'log-line'; readonly line: string }
  | { readonly kind: 'events'; readonly events: readonly PublishedEvent<LiveEvent>[] }
  | { readonly kind: 'denials'; readonly taken: TakenDenials }
  | { readonly kind: 'closed' };
