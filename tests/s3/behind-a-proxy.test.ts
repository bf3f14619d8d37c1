import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const CLAIMED = '198.51.100.7';

async function withServer(proxies: string | undefined, run: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer(proxies === undefined ? {} : { env: { STOWAGE_HTTP_TRUSTED_PROXIES: proxies } });
  try {
    await provision(server.context, { users: [{ name: 'boss', role: 'admin', password: 'a-long-enough-password' }] });
    await run(server);
  } finally {
    await server.close();
  }
}

/** What the access log, and so policies and limits, take for the client's address on the S3 port. */
async function seenOnS3(server: TestServer, forwardedFor: string): Promise<string | undefined> {
  await fetch(`${server.endpoint}/some-bucket/key`, { headers: { 'x-forwarded-for': forwardedFor } });
  return (await server.context.requests.recent()).at(-1)?.remote;
}

async function seenOnConsole(server: TestServer, forwardedFor: string): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor };
  const body = JSON.stringify({ name: 'boss', password: 'a-long-enough-password' });
  await fetch(`${server.consoleUrl}/api/v1/session`, { method: 'POST', headers, body });
  const client = await signInTo(server.consoleUrl, 'boss', 'a-long-enough-password');
  const text = await (await client.send('GET', '/api/v1/sessions')).text();
  return text.includes(forwardedFor.split(',').at(-1)?.trim() ?? '') ? forwardedFor : undefined;
}

/** RustFS CVE-2026-21862: whoever sent X-Forwarded-For passed every rule about source addresses. */
test('CVE-2026-21862: X-Forwarded-For of a stranger is not believed, on either port', async () => {
  await withServer(undefined, async (server) => {
    assert.match((await seenOnS3(server, CLAIMED)) ?? '', /^127\.0\.0\.1$|^::1$/);
    assert.equal(await seenOnConsole(server, CLAIMED), undefined);
  });
  await withServer('203.0.113.0/24', async (server) => {
    assert.match((await seenOnS3(server, CLAIMED)) ?? '', /^127\.0\.0\.1$|^::1$/);
  });
});

test('behind a trusted proxy the last hop that it does not vouch for is the client, on either port', async () => {
  await withServer('127.0.0.1, ::1', async (server) => {
    assert.equal(await seenOnS3(server, `10.0.0.1, ${CLAIMED}`), CLAIMED);
    assert.ok(await seenOnConsole(server, CLAIMED));
  });
});

test('behind a trusted proxy wrong passwords from one address do not close the door to another', async () => {
  await withServer('127.0.0.1, ::1', async (server) => {
    const tryFrom = (address: string, password: string) =>
      fetch(`${server.consoleUrl}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ name: `guess-${password}`, password }),
      });
    const codes: string[] = [];
    for (let i = 0; i < 40 && !codes.includes('SlowDown') && !codes.includes('TooManyTries'); i++) {
      const answer = await tryFrom('198.51.100.66', `wrong-${i}`);
      codes.push(answer.status === 429 ? 'SlowDown' : await codeOf(answer));
    }
    assert.ok(codes.includes('SlowDown') || codes.includes('TooManyTries'), codes.join());
    assert.notEqual((await tryFrom('198.51.100.77', 'wrong')).status, 429);
  });
});

test('with https said by a trusted proxy the session cookie is Secure; of a stranger it is not believed', async () => {
  const cookieOf = async (server: TestServer) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': CLAIMED, 'x-forwarded-proto': 'https' };
    const body = JSON.stringify({ name: 'boss', password: 'a-long-enough-password' });
    const answer = await fetch(`${server.consoleUrl}/api/v1/session`, { method: 'POST', headers, body });
    return answer.headers.get('set-cookie') ?? '';
  };
  await withServer('127.0.0.1,::1', async (server) => assert.match(await cookieOf(server), /; Secure/));
  await withServer(undefined, async (server) => assert.doesNotMatch(await cookieOf(server), /; Secure/));
});
