/**
 * Control for the rig: an object store of a few lines, a file per object. `durable` syncs each file, its rename and its
 * removal; `no-folder-sync` leaves the folder to chance, as several real servers do. The rig must find nothing to
 * complain about in the first and lost writes in the second.
 */
import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';

const [, , folder = '', mode = 'durable'] = process.argv;
const objects = join(folder, 'objects');
let serial = 0;

async function syncFolder(path: string): Promise<void> {
  if (mode !== 'durable') return;
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}

async function put(name: string, body: Buffer): Promise<void> {
  serial += 1;
  const temporary = join(folder, `temporary-${serial}`);
  const file = await open(temporary, 'w');
  await file.writeFile(body);
  await file.datasync();
  await file.close();
  await rename(temporary, join(objects, name));
  await syncFolder(objects);
}

async function list(): Promise<string> {
  const keys = (await readdir(objects)).map((name) => `<Key>${decodeURIComponent(name)}</Key>`);
  return `<ListBucketResult>${keys.join('')}</ListBucketResult>`;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = request.url?.split('?')[0] ?? '';
  const name = encodeURIComponent(path.split('/').slice(2).join('/'));
  if (name === '') response.end(request.method === 'GET' ? await list() : '');
  else if (request.method === 'PUT') {
    await put(name, Buffer.concat(chunks));
    response.end();
  } else if (request.method === 'DELETE') {
    await rm(join(objects, name), { force: true });
    await syncFolder(objects);
    response.writeHead(204).end();
  } else {
    const body = await readFile(join(objects, name)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  }
}

mkdirSync(objects, { recursive: true });
await syncFolder(folder);
const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  process.stdout.write(`${address.port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
