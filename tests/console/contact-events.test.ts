import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { liveEventSchema } from '../../src-server/contract/events.ts';
import type { ContactRequest } from '../../src-server/contract/first-contact.ts';
import { keyPairSchema } from '../../src-server/contract/keys.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';

describe('first contact of a client, as it happens', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let user: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'user'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    for (const name of ['watched', 'another']) await admin.send('POST', '/api/v1/buckets', { name });
  });
  after(() => server.close());

  async function watch(query: string) {
    const abort = new AbortController();
    const response = await fetch(`${server.consoleUrl}/api/v1/buckets/watched/contact-events${query}`, {
      headers: { cookie: admin.cookie },
      signal: abort.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const next = async (): Promise<ContactRequest> => {
      for (;;) {
        while (!text.includes('\n\n')) {
          const piece = await reader?.read();
          if (piece === undefined || piece.done) throw new Error('the stream ended');
          text += piece.value;
        }
        const [line = '', ...rest] = text.split('\n\n');
        text = rest.join('\n\n');
        const event = line.startsWith('data: ') ? liveEventSchema.parse(JSON.parse(line.slice(6))) : undefined;
        if (event?.kind === 'contact') return event.request;
      }
    };
    return { next, close: () => abort.abort() };
  }

  it('tells what was asked of the bucket, before and from now on, and with one of the own keys', async () => {
    const pair = keyPairSchema.parse(await (await admin.send('POST', '/api/v1/keys', {})).json());
    await server.client.send(new PutObjectCommand({ Bucket: 'watched', Key: 'early', Body: '1' }));
    const stream = await watch(`?accessKeyId=${pair.accessKeyId}`);
    const early = await stream.next();
    assert.deepEqual([early.action, early.status, early.bucket], ['PutObject', 200, 'watched']);
    await server.client.send(new PutObjectCommand({ Bucket: 'another', Key: 'elsewhere', Body: '1' }));
    const wrong = server.newClient({ credentials: { ...pair, secretAccessKey: 'wrong' } });
    await assert.rejects(wrong.send(new ListObjectsV2Command({ Bucket: 'another' })));
    const refused = await stream.next();
    assert.deepEqual(
      [refused.errorCode, refused.accessKeyId, refused.isKeyProven],
      ['SignatureDoesNotMatch', pair.accessKeyId, false],
    );
    assert.match(refused.client, /AWS SDK for JavaScript/);
    stream.close();
  });

  it('leaves out keys of others, and refuses who may not see the bucket', async () => {
    const pair = keyPairSchema.parse(await (await user.send('POST', '/api/v1/keys', {})).json());
    const stream = await watch(`?accessKeyId=${pair.accessKeyId}`);
    await stream.next();
    const others = server.newClient({ credentials: pair });
    await assert.rejects(others.send(new ListObjectsV2Command({ Bucket: 'another' })));
    await server.client.send(new ListObjectsV2Command({ Bucket: 'watched' }));
    assert.equal((await stream.next()).action, 'ListObjectsV2');
    stream.close();
    assert.equal((await user.send('GET', '/api/v1/buckets/watched/contact-events')).status, 403);
    assert.equal((await admin.send('GET', '/api/v1/buckets/nowhere/contact-events')).status, 404);
  });
});
