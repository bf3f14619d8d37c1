import type { TlsPair } from '../config/tls-pair.ts';
import type { FamilySnapshot } from '../observability/metrics.ts';
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
  | { readonly kind: 'metrics'; readonly ticket: number }
  | { readonly kind: 'close'; readonly graceMs: number };

export type FromHttpWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'metrics'; readonly ticket: number; readonly families: readonly FamilySnapshot[] }
  | { readonly kind: 'closed' };
