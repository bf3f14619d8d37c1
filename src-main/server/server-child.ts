import type { HostEvent, HostRequest } from '../../src-server/contract/host-channel.ts';
import type { ThumbnailOrder } from './thumbnail-processes.ts';

/** A server process that was started and may still be on its way. */
export interface ServerChild {
  send(request: HostRequest): void;
  /** At once and without asking: what is answered is safe all the same. */
  kill(): void;
}

export interface ServerChildListener {
  onEvent(event: Exclude<HostEvent, ThumbnailOrder>): void;
  /** Last of all; null where a signal ended it. */
  onExit(exitCode: number | null): void;
}

/** Starts the server's entry. Never throws: what cannot start exits. */
export type StartServerChild = (listener: ServerChildListener) => ServerChild;
