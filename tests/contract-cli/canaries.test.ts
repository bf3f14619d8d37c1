import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { signInTo } from '../support/console-client.ts';
import { signFields } from '../support/s3/form-scene.ts';
import { signQuery } from '../support/s3/sign-query.ts';
import { Served, s3Client } from './fixtures/served.ts';

const KEY = { accessKeyId: 'CANARYKEY', secretAccessKey: 'canary-of-the-access-secret' };
const PASSWORD = 'canary-of-the-password';
const WRONG_PASSWORD = 'canary-of-a-wrong-password';
const SHARE_PASSWORD = 'canary-of-the-share';
const BUCKET = 'canary-bucket';

/** Secrets that went through one of the ports, by what they are. */
type Canaries = Map<string, string>;

/** Each answer to what went wrong, so that no error gives back what it was given. */
type Answers = string[];

test('no planted secret stands in clear in any log, file, answer, bundle or audit record', {
  timeout: 90_000,
}, async (t) => {
  const served = new Served();
  try {
    const provision = served.path('provision.json');
    const user = { name: 'ada', role: 'admin', password: PASSWORD, accessKeys: [KEY] };
    writeFileSync(provision, JSON.stringify({ users: [user] }));
    const { running, ready } = await served.serve(['--provision', provision], { STOWAGE_LOG_LEVEL: 'trace' });
    const canaries: Canaries = new Map([
      ['access secret', KEY.secretAccessKey],
      ['password', PASSWORD],
      ['wrong password', WRONG_PASSWORD],
      ['share password', SHARE_PASSWORD],
    ]);
    const answers: Answers = [];
    await throughS3(ready.s3, canaries, answers);
    await throughQuery(ready.s3, canaries, answers);
    await throughConsole(ready.console, canaries, answers);
    // The files of denied requests are written once a second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { stderr } = await served.stop(running);
    assert.ok(stderr.includes(BUCKET), 'requests are logged');
    assert.ok(canaries.size >= 12, [...canaries.keys()].join());
    const found: string[] = [];
    const look = (where: string, content: string | Buffer): void => {
      for (const [what, secret] of canaries) if (content.includes(secret)) found.push(`${what} in ${where}`);
    };
    look('log', stderr);
    for (const answer of answers) look(`answer ${answer.slice(0, 60)}`, answer);
    const files = readdirSync(served.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(served.dataDir, name)).isFile(),
    );
    for (const name of files)
      if (!name.endsWith('provision.json')) look(name, readFileSync(join(served.dataDir, name)));
    for (const wanted of ['catalogue.db', 'derived.db', 'denied-000001.jsonl', '.log']) {
      assert.ok(
        files.some((name) => name.endsWith(wanted)),
        `${wanted} among ${files.join()}`,
      );
    }
    t.diagnostic(`${canaries.size} secrets, ${files.length} files, ${answers.length} answers`);
    assert.deepEqual(found, []);
  } finally {
    await served.close();
  }
});

async function throughS3(endpoint: string, canaries: Canaries, answers: Answers): Promise<void> {
  const s3 = s3Client(endpoint, KEY);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'kept', Body: 'x' }));
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: 'kept' }));
  canaries.set('presigned signature', new URL(url).searchParams.get('X-Amz-Signature') ?? '');
  assert.equal((await fetch(url)).status, 200);
  // The answer to a false signature says which one was sent, as on AWS: that one is of no use to anybody.
  assert.equal((await fetch(url.replace('kept', 'other'))).status, 403);
  const v2 = `${endpoint}/${BUCKET}/kept?AWSAccessKeyId=CANARYKEY&Expires=99999999999&Signature=canaryOfAV2Signature`;
  canaries.set('V2 signature', 'canaryOfAV2Signature');
  await fetch(v2);
  const headers = { authorization: 'Bearer canary-of-a-bearer-token', cookie: 'session=canary-of-a-foreign-cookie' };
  canaries.set('bearer token', 'canary-of-a-bearer-token').set('foreign cookie', 'canary-of-a-foreign-cookie');
  answers.push(await (await fetch(`${endpoint}/${BUCKET}`, { headers })).text());
  const token = { 'x-amz-security-token': 'canary-of-a-session-token' };
  canaries.set('session token', 'canary-of-a-session-token');
  answers.push(await (await fetch(`${endpoint}/${BUCKET}/kept`, { headers: token })).text());
  const fields = signFields({ bucket: BUCKET, credentials: KEY });
  canaries.set('form signature', fields['x-amz-signature'] ?? '');
  for (const key of ['posted', 'another/../key']) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, key })) form.append(name, value);
    form.append('file', new Blob(['x']), 'a.txt');
    answers.push(await (await fetch(`${endpoint}/${BUCKET}`, { method: 'POST', body: form })).text());
  }
}

async function throughQuery(endpoint: string, canaries: Canaries, answers: Answers): Promise<void> {
  const credentials = { accessKey: KEY.accessKeyId, secret: KEY.secretAccessKey };
  const call = async (service: string, body: string): Promise<{ status: number; text: string }> => {
    const sent = signQuery(credentials, service, body, Date.now(), new URL(endpoint).host);
    const { host: _, ...headers } = sent.headers;
    const answer = await fetch(endpoint, { method: 'POST', headers, body: sent.body });
    return { status: answer.status, text: await answer.text() };
  };
  const session = await call('sts', 'Action=GetSessionToken&Version=2011-06-15');
  assert.equal(session.status, 200, session.text);
  for (const name of ['SecretAccessKey', 'SessionToken']) {
    const secret = new RegExp(`<${name}>([^<]+)<`).exec(session.text)?.[1];
    assert.ok(secret);
    canaries.set(`STS ${name}`, secret);
  }
  const key = await call('iam', 'Action=CreateAccessKey&Version=2010-05-08');
  const secret = /<SecretAccessKey>([^<]+)</.exec(key.text)?.[1];
  if (key.status === 200 && secret !== undefined) canaries.set('IAM secret', secret);
  canaries.set('IAM password', 'canary-of-a-login-profile-9A!');
  const profile = 'Action=CreateLoginProfile&Version=2010-05-08&UserName=nobody&Password=canary-of-a-login-profile-9A!';
  answers.push((await call('iam', profile)).text);
}

async function throughConsole(consoleUrl: string, canaries: Canaries, answers: Answers): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const post = async (path: string, body: unknown) =>
    answers.push(
      await (await fetch(`${consoleUrl}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })).text(),
    );
  await post('/api/v1/session', { name: 'ada', password: WRONG_PASSWORD });
  await post('/api/v1/session', { name: 'ada', password: WRONG_PASSWORD, unknown: WRONG_PASSWORD });
  const ada = await signInTo(consoleUrl, 'ada', PASSWORD);
  canaries.set('session cookie', ada.cookie.split('=')[1] ?? '').set('CSRF token', ada.csrfToken);
  const factor = await ada.send('POST', '/api/v1/account/second-factor', { password: PASSWORD });
  const begun: { secret?: string } = JSON.parse(await factor.text());
  assert.ok(begun.secret, 'a second factor was begun');
  canaries.set('TOTP secret', begun.secret.replaceAll(' ', ''));
  await ada.send('POST', '/api/v1/account/second-factor/confirm', { code: '000000' });
  const wishes = {
    bucket: BUCKET,
    items: ['kept'],
    expiresAtMs: Date.now() + 86_400_000,
    password: SHARE_PASSWORD,
    downloadLimit: null,
    note: '',
    label: '',
  };
  const made = await ada.send('POST', '/api/v1/shares', { ...wishes });
  const share: { path?: string } = JSON.parse(await made.text());
  assert.ok(share.path, 'a link was made');
  canaries.set('share token', share.path.split('/').at(-1) ?? '');
  for (const password of [WRONG_PASSWORD, SHARE_PASSWORD]) {
    const body = new URLSearchParams({ password });
    const shown = await fetch(`${consoleUrl}${share.path}`, { method: 'POST', body, redirect: 'manual' });
    canaries.set(
      `share cookie after ${password === SHARE_PASSWORD ? 'the right' : 'a wrong'} password`,
      /=([\w.~-]{20,})/.exec(shown.headers.get('set-cookie') ?? '')?.[1] ?? PASSWORD,
    );
  }
  for (const path of [
    '/api/v1/support-bundle',
    '/api/v1/activity/log',
    '/api/v1/activity/requests',
    '/api/v1/activity/audit',
    '/api/v1/activity/audit?outcome=denied',
    '/metrics',
  ]) {
    const answer = await ada.send('GET', path);
    assert.equal(answer.status, 200, path);
    answers.push(`${path} ${await answer.text()}`);
  }
}
