import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { CreateBucketCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type LeanAnswer, LeanClient } from '../lean-client.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../test-server.ts';
import { keyOf, provision, provisionedUser } from '../users.ts';

/**
 * Users of every scene: `chief` administers everything; in tenant `office` `boss` administers, `ann` and `abe` own buckets,
 * `reader` reads; `bob` is an account of his own.
 */
const USERS = {
  tenants: [{ name: 'office' }],
  users: [
    provisionedUser('chief', 'admin'),
    provisionedUser('boss', 'admin', 'office'),
    provisionedUser('ann', 'user', 'office'),
    provisionedUser('abe', 'user', 'office'),
    provisionedUser('reader', 'readonly', 'office'),
    provisionedUser('bob', 'user'),
  ],
};

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly xml?: string;
  readonly amzHeaders?: Readonly<Record<string, string>>;
  /** Leaves out the checksum that configuration bodies need. */
  readonly withoutChecksum?: boolean;
}

export interface RawAnswer {
  readonly status: number;
  readonly xml: string;
  /** Text of the first element of this name, or undefined. */
  element(name: string): string | undefined;
  header(name: string): string | undefined;
}

/** A running server with users, and both ways to talk to it: the SDK and bytes on the wire. */
export interface BucketScene {
  readonly server: TestServer;
  /** Root's. */
  readonly client: S3Client;
  as(user: string): S3Client;
  /** A fresh bucket of root, or of a user. */
  newBucket(user?: string): Promise<string>;
  /** One signed request, as root unless told; checks that an error is S3's XML with its own request id. */
  raw(request: RawRequest, user?: string): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function openBucketScene(options: TestServerOptions = {}): Promise<BucketScene> {
  const server = await startTestServer(options);
  await provision(server.context, USERS);
  const { region } = server.context.config;
  const clients = new Map<string, S3Client>();
  const as = (user: string): S3Client => {
    const client = clients.get(user) ?? server.newClient({ credentials: keyOf(user), region });
    clients.set(user, client);
    return client;
  };
  const client = server.newClient({ region });
  let buckets = 0;
  return {
    server,
    client,
    as,
    newBucket: async (user) => {
      const name = `bucket-${++buckets}`;
      await (user === undefined ? client : as(user)).send(new CreateBucketCommand({ Bucket: name }));
      return name;
    },
    raw: async (request, user) => {
      const credentials = user === undefined ? server.rootCredentials : keyOf(user);
      const lean = new LeanClient(server.endpoint, credentials, region);
      try {
        return checked(await lean.request(toLean(request)));
      } finally {
        lean.close();
      }
    },
    close: () => server.close(),
  };
}

function toLean(request: RawRequest): Parameters<LeanClient['request']>[0] {
  const { method, path, query = '', xml, amzHeaders = {}, withoutChecksum = false } = request;
  if (xml === undefined) return { method, path, query, amzHeaders };
  const body = Buffer.from(xml);
  const digest = createHash('sha256').update(body).digest('base64');
  const checksum = withoutChecksum ? {} : { 'x-amz-checksum-sha256': digest };
  const headers = Object.entries({ ...checksum, ...amzHeaders }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { method, path, query, body, amzHeaders: Object.fromEntries(headers) };
}

function checked(answer: LeanAnswer): RawAnswer {
  const xml = answer.body.toString();
  const element = (name: string): string | undefined =>
    new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];
  const id = answer.header('x-amz-request-id');
  assert.ok(id, 'every answer has a request id');
  if (answer.status >= 400 && xml !== '') {
    assert.equal(answer.header('content-type'), 'application/xml');
    assert.equal(element('RequestId'), id);
    assert.ok(element('Code') && element('Message') && element('Resource'));
  }
  return { status: answer.status, xml, element, header: (name) => answer.header(name) };
}

/** Status and code of a refused SDK call. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return `${error.$metadata.httpStatusCode} ${error.name}`;
  }
  return 'was accepted';
}
