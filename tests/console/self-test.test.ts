import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { type Connection, connectionSchema } from '../../src-server/contract/connection.ts';
import type { LiveEvent } from '../../src-server/contract/events.ts';
import { keyPairSchema } from '../../src-server/contract/keys.ts';
import { SELF_TEST_STEPS, selfTestStepSchema } from '../../src-server/contract/self-tests.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const PATH = '/api/v1/self-tests';
const reportSchema = z.strictObject({ passed: z.boolean(), steps: z.array(selfTestStepSchema) });

for (const tls of [false, true]) {
  describe(`self-test over ${tls ? 'https with a certificate of its own' : 'http'}`, () => {
    let server: TestServer;
    let admin: ConsoleClient;
    before(async () => {
      server = await startTestServer({ args: tls ? ['--tls-self-signed'] : [] });
      // Of this server alone, which is in this process.
      if (tls) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      await provision(server.context, {
        users: (['admin', 'user'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
      });
      admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
      for (const [name, versioning] of [
        ['plain', false],
        ['versioned', true],
      ]) {
        await admin.send('POST', '/api/v1/buckets', { name, versioning });
      }
    });
    after(async () => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      await server.close();
    });

    const start = (body: unknown, client = admin) => client.send('POST', PATH, body);
    const keys = async (client = admin) =>
      z.object({ keys: z.array(z.unknown()) }).parse(await (await client.send('GET', '/api/v1/keys')).json()).keys;

    const requestCounts = async (): Promise<string[]> => {
      const text = await (await fetch(`${server.consoleUrl}/metrics`)).text();
      return text.split('\n').filter((line) => /^stowage_s3_(requests|errors)_total\{/.test(line));
    };

    it('passes every step with a key made for it, tells each as it ends, and leaves nothing', async () => {
      const told: LiveEvent[] = [];
      const counted = await requestCounts();
      const end = server.context.events.subscribe((event) => told.push(event));
      const response = await start({ bucket: 'versioned', run: 'one' });
      end();
      const report = reportSchema.parse(await response.json());
      assert.deepEqual(
        report.steps.filter(({ result }) => result !== 'passed'),
        [],
      );
      assert.equal(report.passed, true);
      assert.deepEqual(
        report.steps.map(({ id }) => id),
        SELF_TEST_STEPS,
      );
      const steps = told.flatMap((event) => (event.kind === 'self-test' && event.run === 'one' ? [event.step] : []));
      assert.deepEqual(steps, report.steps);
      assert.deepEqual(await requestCounts(), counted, "it is nobody's traffic, and its refusals nobody's errors");
      assert.deepEqual(await keys(), []);
      const versions = await server.client.send(new ListObjectVersionsCommand({ Bucket: 'versioned' }));
      assert.deepEqual([versions.Versions, versions.DeleteMarkers], [undefined, undefined]);
      const uploads = await server.client.send(new ListMultipartUploadsCommand({ Bucket: 'versioned' }));
      assert.equal(uploads.Uploads, undefined);
    });

    it('uses a key of the caller, in a bucket without versions', async () => {
      const pair = keyPairSchema.parse(await (await admin.send('POST', '/api/v1/keys', { label: 'mine' })).json());
      const response = await start({ bucket: 'plain', accessKeyId: pair.accessKeyId, run: 'two' });
      assert.equal(reportSchema.parse(await response.json()).passed, true);
      const versions = await server.client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
      assert.equal(versions.Versions, undefined);
      assert.equal((await keys()).length, 1);
      const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
      await user.send('POST', '/api/v1/buckets', { name: `of-user-${tls}` });
      const others = await start({ bucket: `of-user-${tls}`, accessKeyId: pair.accessKeyId, run: 'x' }, user);
      assert.deepEqual([others.status, await codeOf(others)], [404, 'NoSuchEntity']);
    });

    it('is refused to who may not write there, and while another one runs', async () => {
      const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
      assert.equal(await codeOf(await start({ bucket: 'plain', run: 'x' }, user)), 'AccessDenied');
      assert.equal(await codeOf(await start({ bucket: 'nowhere', run: 'x' })), 'NoSuchBucket');
      const both = await Promise.all([start({ bucket: 'plain', run: 'a' }), start({ bucket: 'plain', run: 'b' })]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    });

    it('says how clients reach the server', async () => {
      const response = await admin.send('GET', '/api/v1/connection');
      const { port, ...rest } = connectionSchema.parse(await response.json());
      assert.equal(port, Number(new URL(server.endpoint).port));
      const wanted: Omit<Connection, 'port'> = {
        scheme: tls ? 'https' : 'http',
        host: '127.0.0.1',
        region: 'us-east-1',
        domain: null,
        certificate: tls ? 'self-signed' : 'none',
      };
      assert.deepEqual(rest, wanted);
    });
  });
}
