import { contextBridge, ipcRenderer } from 'electron';
// Types and names only: a sandboxed preload loads no package, and main parses what comes anyway.
import type { DesktopBridge, IpcVerb } from '../ipc/contract.ts';

const CHANNELS: Readonly<Record<IpcVerb, string>> = {
  describe: 'stowage:describe',
  setStartAtLogin: 'stowage:set-start-at-login',
  notify: 'stowage:notify',
  reportTransfers: 'stowage:report-transfers',
  dragOut: 'stowage:drag-out',
};

const verb = (channel: string) => (input: unknown) => ipcRenderer.invoke(channel, input);

const bridge: DesktopBridge = {
  describe: verb(CHANNELS.describe),
  setStartAtLogin: verb(CHANNELS.setStartAtLogin),
  notify: verb(CHANNELS.notify),
  reportTransfers: verb(CHANNELS.reportTransfers),
  dragOut: verb(CHANNELS.dragOut),
};

contextBridge.exposeInMainWorld('stowageDesktop', bridge);
