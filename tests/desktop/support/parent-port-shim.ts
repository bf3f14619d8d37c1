// Loaded into a forked child before the server: gives it Electron's parent port and takes Node's own channel away.
import type { HostProcess } from '../../../src-server/cli/channel.ts';

const send = process.send?.bind(process);
const parentPort: NonNullable<HostProcess['parentPort']> = {
  postMessage: (message) => void send?.(message),
  on: (_event, listener) => process.on('message', (data) => listener({ data })),
};
Object.assign(process, { parentPort, send: undefined });
