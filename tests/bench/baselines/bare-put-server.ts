/**
 * Baseline for small durable PUTs: node:http reads each body and appends it to one file; bodies that arrive during a
 * sync share the next one, and every answer waits for the fdatasync of its bytes. No hash, no signature, no catalogue.
 */
import { fdatasync, openSync, writev } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { announce, argument } from './baseline-main.ts';

interface Waiting {
  readonly body: Buffer;
  readonly response: ServerResponse;
}

const file = openSync(argument(2), 'w');
let queue: Waiting[] = [];
let syncing = false;
let position = 0;

function syncBatch(): void {
  const batch = queue;
  queue = [];
  syncing = true;
  const bodies = batch.map((waiting) => waiting.body);
  const length = bodies.reduce((sum, body) => sum + body.length, 0);
  writev(file, bodies, position, (writeError, written) => {
    if (writeError !== null || written !== length) throw writeError ?? new Error('short write');
    position += length;
    fdatasync(file, (syncError) => {
      if (syncError !== null) throw syncError;
      for (const { response } of batch) {
        response.writeHead(200, { 'Content-Length': 0 });
        response.end();
      }
      syncing = false;
      if (queue.length > 0) syncBatch();
    });
  });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    queue.push({ body: chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks), response });
    if (!syncing) {
      syncing = true;
      setImmediate(syncBatch);
    }
  });
});
announce(server);
