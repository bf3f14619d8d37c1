import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { createConsoleApp } from '../../../src-server/console/console-app.ts';
import type { ConsoleFacts, Endpoint } from '../../../src-server/console/endpoint.ts';
import { openServiceFixture } from '../../support/service-context.ts';

const route = {
  name: 'wait',
  method: 'get',
  path: '/wait',
  tag: 'system',
  summary: '',
  access: 'open',
  answers: {},
} as const;

describe('console app', () => {
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });

  async function serve(endpoint: Endpoint): Promise<number> {
    const fixture = openServiceFixture();
    // The endpoints of this test ask for no facts.
    const app = createConsoleApp(fixture.context, {} as ConsoleFacts, [endpoint]);
    const server: Server = createServer(app.callback());
    cleanUps.push(() => {
      server.closeAllConnections();
      server.close();
      fixture.close();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
  async function reach(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  it('tells an endpoint when its client has left, and not when it has its answer', { timeout: 20_000 }, async () => {
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    let waits = true;
    let signalled = 0;
    const port = await serve({
      route,
      handle: async (_context, _facts, { signal }) => {
        signal.addEventListener('abort', () => {
          signalled += 1;
          left.resolve();
        });
        asked.resolve();
        if (waits) await left.promise;
        return { status: 200, body: 'done' };
      },
    });
    const socket = await reach(port);
    socket.write('GET /wait HTTP/1.1\r\nhost: x\r\n\r\n');
    await asked.promise;
    socket.destroy();
    await left.promise;
    waits = false;
    assert.equal(
      await (await fetch(`http://127.0.0.1:${port}/wait`, { headers: { connection: 'close' } })).text(),
      'done',
    );
    assert.equal(signalled, 1);
  });
});
