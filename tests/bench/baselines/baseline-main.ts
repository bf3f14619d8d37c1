import type { Server } from 'node:net';

/** Command-line argument `index` of a baseline server. */
export function argument(index: number): string {
  const value = process.argv[index];
  if (value === undefined) throw new Error(`argument ${index} is missing`);
  return value;
}

/** Listens on a free loopback port and prints it for the bench. Ends when the bench is gone. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    process.stdout.write(`${address.port}\n`);
  });
  process.stdin.resume().on('end', () => process.exit(0));
}
