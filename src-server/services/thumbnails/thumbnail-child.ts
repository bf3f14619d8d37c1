import type { FromThumbnailProcess, ToThumbnailProcess } from '../../contract/host-channel.ts';

/** A started process that makes thumbnails. */
export interface ThumbnailChild {
  /** False where the process is gone; resolves when more can be taken. */
  tell(message: ToThumbnailProcess): Promise<boolean>;
  /** At once; its listener still hears of the end. */
  kill(): void;
  /** Whether somebody waits for an answer, for which the server stays up. */
  hold(isHeld: boolean): void;
}

export interface ThumbnailChildListener {
  onMessage(message: FromThumbnailProcess): void;
  /** Last of all, once. */
  onExit(facts: { readonly exitCode: number | null; readonly signal?: string | null }): void;
}

/** Starts one. Never throws: what cannot start exits. */
export type StartThumbnailChild = (listener: ThumbnailChildListener) => ThumbnailChild;
