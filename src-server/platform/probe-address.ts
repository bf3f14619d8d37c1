import { createServer } from 'node:net';
import { errnoOf } from './fs-durable.ts';

/** Tries to listen somewhere, for a moment: undefined where that works, else the system's error code. */
export function probeAddress(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errnoOf(error) ?? 'unknown error'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
