import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import Koa from 'koa';
import { CLOSING, sendEvents } from '../../../src-server/console/send-events.ts';
import type { LiveEvent } from '../../../src-server/contract/events.ts';

/** A server with one stream of events, a client that reads it, and the hand that sends. */
async function openStream() {
  const app = new Koa();
  const opened = Promise.withResolvers<(event: LiveEvent) => void>();
  app.use((ctx) =>
    sendEvents(
      ctx,
      (send) => {
        opened.resolve(send);
        send({ kind: 'hello' });
        return () => undefined;
      },
      () => () => undefined,
    ),
  );
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Of a server that listens on TCP.
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const send = await opened.promise;
  return { app, server, response, send };
}

describe('a stream of events', () => {
  it('takes an event between its end and the connection’s, and sends it to nobody', async () => {
    const { app, server, response, send } = await openStream();
    app.emit(CLOSING);
    // An error that nobody listens for ends the process: this test with it.
    send({ kind: 'account' });
    assert.equal(await response.text(), 'data: {"kind":"hello"}\n\n');
    send({ kind: 'account' });
    server.close();
    await once(server, 'close');
  });
});
