import { createHash, randomBytes } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { findUserByName } from '../../../src-server/db/tables/iam-user.ts';
import { insertStsSession } from '../../../src-server/db/tables/sts-session.ts';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import { ASKED_AFTER_BODY } from '../../../src-server/s3/access/needed-actions.ts';
import { startS3Listener } from '../../../src-server/s3/listener.ts';
import type { S3Operation } from '../../../src-server/s3/operation.ts';
import { OPERATION_TABLE } from '../../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../../src-server/s3/operation-table/row.ts';
import { createBucket } from '../../../src-server/services/buckets/create-bucket.ts';
import type { ServiceContext } from '../../../src-server/services/context.ts';
import { openServiceFixture, type ServiceFixture } from '../service-context.ts';
import { bucketName, identityOf, keyOf, provision, provisionedUser } from '../users.ts';

export interface Credentials {
  readonly accessKey: string;
  readonly secret: string;
  readonly token?: string;
}

export interface SeenAnswer {
  readonly status: number;
  readonly code: string | undefined;
  /** The handler ran. */
  readonly reached: boolean;
}

export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Real authentication and authorization in front of handlers that only note that they ran. */
export interface AuthScene extends AsyncDisposable {
  /** Of `boss`, an admin of the tenant whose `bucket` is; of `other`, an admin of another tenant. */
  readonly boss: Credentials;
  readonly other: Credentials;
  /** Keys of `boss`: disabled, and with a policy that allows nothing that is asked for. */
  readonly disabled: Credentials;
  readonly narrow: Credentials;
  /** Temporary credentials of the same four. */
  readonly sessions: Readonly<Record<'boss' | 'other' | 'disabled' | 'narrow' | 'expired', Credentials>>;
  send(request: Sent): Promise<SeenAnswer>;
}

export const MATRIX_BUCKET = 'matrix-bucket';
const NARROW = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:NothingOfAll', Resource: '*' }],
});

/** What asks for permission itself, once it knows its body, stays as it is; it ends with NoSuchKey. Every other row of the table with a handler that reads its body, so that signatures within are checked. */
function notingTable(note: () => void): AnyOperationRow[] {
  const handler: S3Operation = async (_context, request) => {
    if (request.body.sizeBytes !== 0) await request.body.readAll(1024 * 1024);
    note();
    return { status: 200, headers: {}, body: { kind: 'empty' } };
  };
  // The handler takes any target.
  return OPERATION_TABLE.map((row) =>
    ASKED_AFTER_BODY.has(row.action) ? row : ({ ...row, handler } as AnyOperationRow),
  );
}

type SessionName = keyof AuthScene['sessions'];

async function openSession(fixture: ServiceFixture, context: ServiceContext, name: SessionName): Promise<Credentials> {
  const of = name === 'other' ? 'other' : 'boss';
  const given = {
    accessKey: `SESSION-${name}`,
    secret: `secret-of-session-${name}`,
    token: randomBytes(24).toString('hex'),
  };
  await fixture.engine.run(async (tx) => {
    const user = await findUserByName(tx, of);
    if (user === undefined) throw new Error(`no ${of}`);
    await insertStsSession(tx, {
      access_key_id: given.accessKey,
      token_hash: createHash('sha256').update(given.token).digest(),
      sealed_secret: Buffer.from(context.keys.sealSecret(given.secret, given.accessKey)),
      user_id: user.id,
      role_id: null,
      name: 'matrix',
      policies: name === 'narrow' ? JSON.stringify([NARROW]) : null,
      tags: null,
      transitive_tag_keys: null,
      source_identity: null,
      issuing_key_id: keyOf(name === 'disabled' ? 'disabled' : of).accessKeyId,
      created_ms: (Date.now() - 7_200_000) as EpochMs,
      expires_ms: (Date.now() + (name === 'expired' ? -3_600_000 : 3_600_000)) as EpochMs,
    });
  });
  return given;
}

export async function openAuthScene(): Promise<AuthScene> {
  const fixture = openServiceFixture();
  const context = { ...fixture.context, now: () => Date.now() as EpochMs };
  const boss = { name: 'boss', role: 'admin', tenant: 'here', accessKeys: ['boss', 'disabled', 'narrow'].map(keyOf) };
  const users = [boss, provisionedUser('other', 'admin', 'there')];
  await provision(context, { tenants: [{ name: 'here' }, { name: 'there' }], users });
  await createBucket(context, await identityOf(context, 'boss'), {
    name: bucketName(MATRIX_BUCKET),
    location: null,
    ownership: 'BucketOwnerEnforced',
    tags: [],
  });
  await fixture.engine.run(async (tx) => {
    await tx.run(`UPDATE access_key SET state = 'disabled' WHERE id = ?`, keyOf('disabled').accessKeyId);
    await tx.run('UPDATE access_key SET policy = ? WHERE id = ?', NARROW, keyOf('narrow').accessKeyId);
  });
  const session = (name: SessionName) => openSession(fixture, context, name);
  const sessions = {
    boss: await session('boss'),
    other: await session('other'),
    disabled: await session('disabled'),
    narrow: await session('narrow'),
    expired: await session('expired'),
  };
  let reached = false;
  const table = notingTable(() => {
    reached = true;
  });
  const listener = await startS3Listener(context, { host: '127.0.0.1', port: 0, table });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const credentials = (name: string): Credentials => {
    const { accessKeyId, secretAccessKey } = keyOf(name);
    return { accessKey: accessKeyId, secret: secretAccessKey };
  };
  return {
    boss: credentials('boss'),
    other: credentials('other'),
    disabled: credentials('disabled'),
    narrow: credentials('narrow'),
    sessions,
    send: async (sent) => {
      reached = false;
      const answer = await exchange(agent, listener.address.port, sent);
      return { ...answer, reached };
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      await listener.close(100);
      fixture.close();
    },
  };
}

function exchange(
  agent: Agent,
  port: number,
  { method, target, headers, body = '' }: Sent,
): Promise<Omit<SeenAnswer, 'reached'>> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const options = { agent, port, host: '127.0.0.1', method, path: target, headers: { ...headers, ...length } };
    const request = httpRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, code: /<Code>([^<]*)</.exec(text)?.[1] }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
