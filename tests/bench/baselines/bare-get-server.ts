/** Baseline for small GETs: node:http answers every request with the same body from memory, with the headers S3 needs. */
import { createServer } from 'node:http';
import { announce, argument } from './baseline-main.ts';

const body = Buffer.from(argument(2), 'base64');

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Length': body.length, 'Content-Type': 'application/octet-stream' });
  response.end(body);
});
announce(server);
