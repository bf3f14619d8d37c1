import type { MessagePort } from 'node:worker_threads';
import type { DiskId } from '../domain/ids.ts';
import type { DigestAlgorithm, Digests, ExtentCodec } from './body-store.ts';
import type { SlabRef } from './slab-arena.ts';

/*
 * What an HTTP thread and an I/O worker say to each other. Requests of one port are taken in order, so the messages of a
 * body need no handshake; those with a ticket are answered once. Either side sends what it has to say in one turn as one
 * message, a list: each message costs a system call and wakes the other side.
 */

/** A disk that may take bytes: `device` is what every file made there must report (LOG.md 18). */
export interface DiskTarget {
  readonly diskId: DiskId;
  readonly root: string;
  readonly device: number;
}

/** One copy of a container that a read may use. */
export interface ReadSource {
  readonly diskId: number;
  readonly path: string;
}

/** Whole frames of one extent, as they stand in a file. Offsets in bytes. */
export interface FrameRange {
  readonly uid: Uint8Array;
  readonly codec: ExtentCodec;
  readonly plainLength: number;
  readonly firstFrame: number;
  /** Where the first frame begins in the file, and how many stored bytes to take from there. */
  readonly fileOffset: number;
  readonly storedLength: number;
}

export type IoRequest =
  | { readonly kind: 'memory'; readonly block: number; readonly memory: SharedArrayBuffer }
  | {
      readonly kind: 'begin-body';
      readonly body: number;
      readonly digests: readonly DigestAlgorithm[];
      readonly dataKey: Uint8Array | undefined;
    }
  | {
      readonly kind: 'begin-extent';
      readonly body: number;
      readonly uid: Uint8Array;
      /** A chunk file of its own on the first of these disks that works; else frames are only sealed in memory. */
      readonly chunk: { readonly targets: readonly DiskTarget[]; readonly headerLength: number } | undefined;
    }
  | {
      /** `slab` begins with the payload of `firstFrame`; answered when its memory is no longer used. */
      readonly kind: 'frames';
      readonly ticket: number;
      readonly body: number;
      readonly slab: SlabRef;
      readonly firstFrame: number;
      readonly plainLength: number;
      /** The last of these frames is the extent's last. */
      readonly last: boolean;
    }
  | { readonly kind: 'end-chunk'; readonly ticket: number; readonly body: number; readonly header: Uint8Array }
  | { readonly kind: 'end-body'; readonly ticket: number; readonly body: number }
  /** The body's files are named by the catalogue now: nothing more is asked about it. */
  | { readonly kind: 'forget-body'; readonly body: number }
  /** Removes the body's files, complete or not. */
  | { readonly kind: 'drop-body'; readonly ticket: number; readonly body: number }
  | { readonly kind: 'append'; readonly ticket: number; readonly target: DiskTarget; readonly slab: SlabRef }
  | {
      readonly kind: 'read';
      readonly ticket: number;
      readonly sources: readonly ReadSource[];
      readonly range: FrameRange;
      readonly slab: SlabRef;
      readonly dataKey: Uint8Array | undefined;
    };

/** What went wrong, cloneable: an errno's name, or `DAMAGED` where bytes are not those that were written. */
export interface IoFailure {
  readonly code: string;
  readonly message: string;
}

/** A disk that refused a call while something else may still have worked. */
export interface DiskFault extends IoFailure {
  readonly diskId: number;
}

export type IoReply = { readonly ticket: number; readonly faults: readonly DiskFault[] } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'placed'; readonly diskId: DiskId; readonly name: string; readonly offset: number }
  | { readonly kind: 'digests'; readonly digests: Digests }
  | { readonly kind: 'failed'; readonly failure: IoFailure }
);

export type ToWorker = readonly IoRequest[];
export type FromWorker = readonly (IoReply | SegmentSealed)[];

/** Sent unasked: the disk's appender will write no more into this segment. */
export interface SegmentSealed {
  readonly kind: 'segment-sealed';
  readonly name: string;
}

/** Requests that are answered, and those that are not. */
export type Asked = Extract<IoRequest, { readonly ticket: number }>;
export type Told = Exclude<IoRequest, Asked>;

/** To a worker from the thread that made it: one more connection. */
export interface ConnectMessage {
  readonly kind: 'connect';
  readonly port: MessagePort;
}
