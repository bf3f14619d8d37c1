import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import * as z from 'zod';
import { createConsoleApp } from '../../../src-server/console/console-app.ts';
import type { ConsoleFacts, Endpoint } from '../../../src-server/console/endpoint.ts';
import { startConsole } from '../../../src-server/console/start-console.ts';
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

const upload = { ...route, method: 'put', path: '/up', upload: 'anything' } as const;
const PROGRESS = { minBytesPerSecond: 1024, readWindowMs: 400, writeWindowMs: 400 };

describe('console app', () => {
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });

  async function serve(endpoint: Endpoint): Promise<number> {
    const fixture = openServiceFixture();
    // The endpoints of this test ask for no facts.
    const app = createConsoleApp(fixture.context, {} as ConsoleFacts, [endpoint], PROGRESS);
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

  it('cuts off who sends an upload too slowly, and no one else', { timeout: 20_000 }, async () => {
    let received = 0;
    const port = await serve({
      route: upload,
      handle: async (_context, _facts, { upload }) => {
        for await (const chunk of upload?.body().chunks() ?? []) received += chunk.byteLength;
        return { status: 200, body: 'whole' };
      },
    });
    const send = async (bytes: number) => {
      const socket = await reach(port);
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString();
      });
      const drip = setInterval(() => socket.write(Buffer.alloc(bytes)), 50);
      socket.write(`PUT /up HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${bytes * 40}\r\n\r\n`);
      // A connection that is cut off while it is written to may end in a reset: what counts is that it ends.
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      clearInterval(drip);
      return answer;
    };
    assert.equal(await send(10), '');
    assert.ok(received < 400);
    assert.match(await send(500), /^HTTP\/1.1 200 .*whole$/s);
  });

  it('cuts off who takes an answer too slowly', { timeout: 20_000 }, async () => {
    const gone = Promise.withResolvers<void>();
    const piece = Buffer.alloc(256 * 1024);
    const port = await serve({
      route,
      handle: async () => ({
        status: 200,
        body: undefined,
        stream: {
          sizeBytes: 10_000 * piece.length,
          async *open(signal) {
            signal.addEventListener('abort', () => gone.resolve());
            for (;;) yield { pieces: [piece], sizeBytes: piece.length, release: () => undefined };
          },
        },
      }),
    });
    const socket = await reach(port);
    socket.pause();
    socket.write('GET /wait HTTP/1.1\r\nhost: x\r\n\r\n');
    await gone.promise;
  });

  it('answers a body that is too large while it is still being sent', { timeout: 20_000 }, async () => {
    const body = { schema: z.unknown(), example: null };
    const port = await serve({
      route: { ...route, method: 'post', path: '/json', body },
      handle: async () => ({ status: 200, body: 'taken' }),
    });
    for (const sizeBytes of [65_537, 2_000_000]) {
      const response = await fetch(`http://127.0.0.1:${port}/json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify('x'.repeat(sizeBytes)),
      });
      assert.equal(response.status, 413);
      assert.match(await response.text(), /EntityTooLarge/);
    }
  });

  it('takes so many connections of one address', { timeout: 20_000 }, async () => {
    const fixture = openServiceFixture();
    const listener = await startConsole(fixture.context, {
      // No request is made.
      ...({} as ConsoleFacts),
      address: { host: '127.0.0.1', port: 0 },
      tls: undefined,
      maxConnectionsPerAddress: 2,
    });
    cleanUps.push(() => fixture.close());
    const port = Number(new URL(listener.url).port);
    const kept = [await reach(port), await reach(port)];
    const third = await reach(port);
    if (!third.closed) await once(third, 'close');
    assert.ok(kept.every(({ closed }) => !closed));
    kept[0]?.destroy();
    await listener.close(0);
  });
});
