import type { Server, Socket } from 'node:net';

/** Connections that a server takes: beyond them it closes new ones unanswered. */
export interface ConnectionLimits {
  readonly all: number;
  /** Of one remote address. */
  readonly perAddress: number;
}

/** Sets the limits of a server; connections of before count too late, so call it before it listens. */
export function limitConnections(server: Server, { all, perAddress }: ConnectionLimits): void {
  server.maxConnections = all;
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > perAddress) socket.destroy();
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
  });
}
