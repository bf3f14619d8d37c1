/** Baseline for large GETs: node:http sends one file, read in 1 MiB pieces. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream';
import { announce, argument } from './baseline-main.ts';

const READ_BYTES = 1024 * 1024;
const path = argument(2);
const sizeBytes = statSync(path).size;

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Length': sizeBytes, 'Content-Type': 'application/octet-stream' });
  pipeline(createReadStream(path, { highWaterMark: READ_BYTES }), response, () => undefined);
});
announce(server);
