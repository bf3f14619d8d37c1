import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type CORSRule, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as, server } = scene;
after(() => scene.close());

const rule = (inner: string) => `<CORSConfiguration><CORSRule>${inner}</CORSRule></CORSConfiguration>`;
const MINIMAL = '<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>';
const put = (bucket: string, xml: string, withoutChecksum = false) =>
  raw({ method: 'PUT', path: `/${bucket}`, query: 'cors=', xml, withoutChecksum });

test('rules come back as they were put, in order', async () => {
  const Bucket = await scene.newBucket();
  const CORSRules: CORSRule[] = [
    {
      ID: 'app',
      AllowedOrigins: ['https://*.example.org', 'http://localhost:3000'],
      AllowedMethods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
      AllowedHeaders: ['x-amz-*', 'Authorization'],
      ExposeHeaders: ['ETag', 'x-amz-version-id'],
      MaxAgeSeconds: 0,
    },
    { AllowedOrigins: ['*'], AllowedMethods: ['GET'] },
  ];
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  assert.deepEqual((await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules, CORSRules);
});

test('a preflight knows at once', async () => {
  const Bucket = await scene.newBucket();
  const preflight = () =>
    fetch(`${server.endpoint}/${Bucket}/key`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.org', 'access-control-request-method': 'PUT' },
    });
  assert.equal((await preflight()).status, 403);
  await put(Bucket, rule('<AllowedOrigin>https://*.example.org</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>'));
  const answer = await preflight();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('access-control-allow-origin'), 'https://app.example.org');
  assert.match(answer.headers.get('access-control-allow-methods') ?? '', /PUT/);
});

test('bad rules change nothing', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, rule(MINIMAL));
  const cases: [xml: string, code: string][] = [
    ['<CORSConfiguration/>', 'MalformedXML'],
    [rule('<AllowedOrigin>*</AllowedOrigin>'), 'MalformedXML'],
    [rule('<AllowedMethod>GET</AllowedMethod>'), 'MalformedXML'],
    [rule(`${MINIMAL}<Colour>red</Colour>`), 'MalformedXML'],
    [rule(`${MINIMAL}<MaxAgeSeconds>soon</MaxAgeSeconds>`), 'MalformedXML'],
    [rule(`${MINIMAL}<MaxAgeSeconds>-1</MaxAgeSeconds>`), 'MalformedXML'],
    [rule(`${MINIMAL}<ID>${'x'.repeat(256)}</ID>`), 'MalformedXML'],
    [rule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod>'), 'InvalidRequest'],
    [rule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>get</AllowedMethod>'), 'InvalidRequest'],
    [rule('<AllowedOrigin>http://*.*.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod>'), 'InvalidRequest'],
    [rule(`${MINIMAL}<AllowedHeader>x-*-*</AllowedHeader>`), 'InvalidRequest'],
    [rule(`${MINIMAL}<ExposeHeader>x-*</ExposeHeader>`), 'InvalidRequest'],
    [`<CORSConfiguration>${`<CORSRule>${MINIMAL}</CORSRule>`.repeat(101)}</CORSConfiguration>`, 'MalformedXML'],
    ['', 'MissingRequestBodyError'],
  ];
  for (const [xml, code] of cases) {
    const answer = await put(bucket, xml);
    assert.deepEqual([answer.status, answer.element('Code')], [400, code], xml.slice(0, 120));
  }
  const stands = await client.send(new GetBucketCorsCommand({ Bucket: bucket }));
  assert.deepEqual(stands.CORSRules, [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }]);
  const hundred = `<CORSConfiguration>${`<CORSRule>${MINIMAL}</CORSRule>`.repeat(100)}</CORSConfiguration>`;
  assert.equal((await put(bucket, hundred)).status, 200);
});

test('a body without any digest is refused', async () => {
  const bucket = await scene.newBucket();
  assert.equal((await put(bucket, rule(MINIMAL), true)).element('Code'), 'InvalidRequest');
  assert.equal(
    await refusalOf(client.send(new GetBucketCorsCommand({ Bucket: bucket }))),
    '404 NoSuchCORSConfiguration',
  );
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  const CORSRules = [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }];
  const command = () => new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } });
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(as(stranger).send(command())), '403 AccessDenied');
  }
  assert.equal(await refusalOf(as('ann').send(command())), 'was accepted');
});
