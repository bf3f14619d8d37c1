import type { Tier } from '../domain/ids.ts';
import type { DiskFault, DiskTarget } from './io-protocol.ts';

/** Where a body of at most 1 MiB goes: with its command into the log, or into a segment on the first disk that works. */
export type SmallPlace =
  | { readonly kind: 'log' }
  | { readonly kind: 'segment'; readonly targets: readonly DiskTarget[] };

/** Room promised to one large body. */
export interface Reservation {
  /** Disks for the next chunk of so many stored bytes, best first. Throws InsufficientStorage. */
  nextChunk(storedBytes: number): readonly DiskTarget[];
  /** So many stored bytes of it stand on their disk now. */
  written(storedBytes: number): void;
  /** Gives back what was promised and is not needed any more; may be called again. */
  release(): void;
}

/** Which disk: decided by `tiers/`, asked by the body store of every thread. Answers at once, from known facts. */
export interface Placer {
  /** Throws InsufficientStorage. */
  placeSmall(tier: Tier, storedBytes: number): SmallPlace;
  /** @param sizeBytes what the client announced, or undefined. Throws InsufficientStorage before the first byte. */
  reserve(tier: Tier, sizeBytes: number | undefined): Reservation;
  /** The disk while it is present. */
  disk(diskId: number): DiskTarget | undefined;
  /** A disk refused a call, or gave back other bytes than it was given. */
  report(fault: DiskFault): void;
}
