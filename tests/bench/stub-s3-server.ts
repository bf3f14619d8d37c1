import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const PAGE = 1_000;

export interface StubOptions {
  /** Answers one byte wrong in every GET: the bench must notice. */
  readonly flipsBytes?: boolean;
  /** Answers DELETE with 204 and keeps the object. */
  readonly keepsDeleted?: boolean;
}

/** An S3 server of a few lines, in memory and without rights, to test the bench itself with. */
export async function startStubS3(options: StubOptions = {}): Promise<{ url: URL; close(): void }> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void readAll(request).then((body) => answer(objects, options, request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: new URL(`http://127.0.0.1:${address.port}`),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(
  objects: Map<string, Buffer>,
  options: StubOptions,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://stub');
  const key = url.pathname.slice(1);
  const bucket = `${key.split('/')[0]}/`;
  const stored = objects.get(key);
  if (!key.includes('/')) {
    const names = [...objects.keys()]
      .filter((each) => each.startsWith(bucket))
      .map((each) => each.slice(bucket.length));
    const text = request.method === 'GET' ? listing(names.sort(), url.searchParams) : '';
    // Chunked on purpose: other servers answer listings so.
    response.writeHead(200).end(text);
  } else if (request.method === 'PUT') {
    objects.set(key, body);
    response.writeHead(200, { ETag: etag(body), 'Content-Length': 0 }).end();
  } else if (request.method === 'DELETE') {
    if (options.keepsDeleted !== true) objects.delete(key);
    response.writeHead(204).end();
  } else if (stored === undefined) response.writeHead(404, { 'Content-Length': 0 }).end();
  else {
    const bytes = Buffer.from(stored);
    if (options.flipsBytes === true) bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    response.writeHead(200, { ETag: etag(stored), 'Content-Length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }
}

function listing(keys: readonly string[], query: URLSearchParams): string {
  const after = query.get('start-after') ?? '';
  const within = keys.filter((key) => key > after && key.startsWith(query.get('prefix') ?? ''));
  if (query.get('delimiter') === null) {
    return within
      .slice(0, PAGE)
      .map((key) => `<Contents><Key>${key}</Key></Contents>`)
      .join('');
  }
  const prefixes = new Set(within.map((key) => key.slice(0, key.indexOf('/') + 1)));
  return [...prefixes].map((prefix) => `<CommonPrefixes><Prefix>${prefix}</Prefix></CommonPrefixes>`).join('');
}

function etag(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
