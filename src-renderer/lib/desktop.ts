import type { DesktopBridge } from '../../src-main/ipc/contract.ts';

declare global {
  interface Window {
    /** Put there by the desktop app's preload script. */
    readonly stowageDesktop?: DesktopBridge;
  }
}

/** What the desktop app adds; undefined in a browser. */
export const desktop: DesktopBridge | undefined = window.stowageDesktop;
