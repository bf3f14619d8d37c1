/** Loopback limit: writes zeros to whoever connects, as fast as the socket takes them. */
import { createServer } from 'node:net';
import { announce } from './baseline-main.ts';

const piece = Buffer.alloc(1024 * 1024);

const server = createServer((socket) => {
  const send = (): void => {
    while (socket.write(piece));
  };
  socket.on('drain', send);
  socket.on('error', () => socket.destroy());
  send();
});
announce(server);
