import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { noSessionCookie, readSessionCookie, sessionCookie } from '../../../src-server/console/session-cookie.ts';

function requestWith(cookie: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers.cookie = cookie;
  return request;
}

test('the cookie goes over TLS only where the console has it', () => {
  for (const make of [(secure: boolean) => sessionCookie('t', secure), noSessionCookie]) {
    assert.match(make(true), /; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
    assert.ok(!make(false).includes('Secure'));
  }
});

test('the session is found among other cookies, the first one counts', () => {
  assert.equal(readSessionCookie(requestWith('a=b; stowage_session=one; stowage_session=two')), 'one');
  assert.equal(readSessionCookie(requestWith('xstowage_session=a; stowage_sessions=b')), undefined);
  assert.equal(readSessionCookie(requestWith('')), undefined);
});
