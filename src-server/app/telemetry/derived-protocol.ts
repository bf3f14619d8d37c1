import type { HistorySlice } from '../../db/derived/derived-store.ts';
import type { SampleTopic } from '../../db/derived/sample-table.ts';
import type { HistoryRange, Sample } from '../../domain/roll-up.ts';
import type { Contact } from '../../observability/contacts.ts';
import type { StorageTotals } from '../../services/appliance/storage-totals.ts';

/** `workerData` of the derived thread. */
export interface DerivedThreadData {
  /** Of `derived.db`. */
  readonly path: string;
  readonly cataloguePath: string;
  /** The engine's `SHARED_WORDS`. */
  readonly generation: SharedArrayBuffer;
}

/** What the thread does: by name, what it is given and what it answers. */
export interface DerivedCalls {
  readonly 'add-sample': { readonly input: Sample; readonly output: undefined };
  readonly 'add-buckets': { readonly input: Sample; readonly output: undefined };
  readonly 'add-contacts': { readonly input: readonly Contact[]; readonly output: undefined };
  readonly history: {
    readonly input: { readonly topic: SampleTopic; readonly range: HistoryRange; readonly nowMs: number };
    readonly output: HistorySlice;
  };
  readonly days: { readonly input: { readonly days: number; readonly nowMs: number }; readonly output: Sample[] };
  readonly contacts: { readonly input: { readonly limit: number }; readonly output: Contact[] };
  readonly totals: { readonly input: undefined; readonly output: StorageTotals };
  /** The last call. */
  readonly close: { readonly input: undefined; readonly output: undefined };
}

export interface DerivedRequest {
  readonly ticket: number;
  readonly name: keyof DerivedCalls;
  readonly input: unknown;
}

export type DerivedReply =
  /** First of all. `putAside` says why an older database could not be used. */
  | { readonly kind: 'opened'; readonly putAside: string | undefined }
  | { readonly kind: 'done'; readonly ticket: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly ticket: number; readonly message: string };
