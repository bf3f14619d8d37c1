import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger, type Logger } from '../../../src-server/observability/logger.ts';
import { redact } from '../../../src-server/observability/redact.ts';
import { newRequestId } from '../../../src-server/observability/request-id.ts';

const CANARY = 'canary-5f2e';

function capture(format: 'json' | 'pretty', use: (log: Logger) => void): string {
  const lines: string[] = [];
  use(createLogger({ format, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

describe('logger', () => {
  it('writes one JSON object a line, with the fields of its parents', () => {
    const text = capture('json', (log) => log.child({ requestId: 'R1' }).info({ bytes: 3 }, 'done'));
    const { time, ...line } = JSON.parse(text);
    assert.deepEqual(line, { level: 'info', requestId: 'R1', bytes: 3, msg: 'done' });
    assert.match(time, /^\d{4}-\d\d-\d\dT/);
  });

  it('writes a line for a person', () => {
    const text = capture('pretty', (log) => log.info({ bytes: 3 }, 'done'));
    assert.match(text, /^\d\d:\d\d:\d\d info {2}done bytes=3\n$/);
  });

  it('lets nothing that a client sent begin a line or reach the terminal as a command', () => {
    const hostile = 'a\n12:00:00 info  all is well\u001b[2J\u009b31m\u007f';
    const text = capture('pretty', (log) => log.info({ objectKey: hostile, list: [hostile] }, 'done'));
    assert.match(text, /objectKey="a\\n12/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is the point
    assert.ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\n./.test(text), text);
  });

  const secrets: readonly (readonly [string, object])[] = [
    ['an Authorization header', { headers: { Authorization: CANARY } }],
    ['a cookie', { headers: { 'set-cookie': CANARY } }],
    ['an SSE-C key', { headers: { 'x-amz-server-side-encryption-customer-key': CANARY } }],
    ['a session token', { headers: { 'x-amz-security-token': CANARY } }],
    ['a secret key', { user: { keys: [{ accessKeyId: 'A', secretAccessKey: CANARY }] } }],
    ['a password', { input: { password: CANARY } }],
    ['a presigned URL', { url: `/b/k?X-Amz-Signature=${CANARY}&X-Amz-Credential=${CANARY}` }],
    ['an old presigned URL', { url: `/b/k?AWSAccessKeyId=${CANARY}&Signature=${CANARY}` }],
    ['a URL in an error', { err: new Error(`GET /b?x=1&X-Amz-Security-Token=${CANARY} failed`) }],
    ["an error's cause", { err: new Error('outer', { cause: { token: CANARY } }) }],
    ['bytes', { body: Buffer.from(CANARY) }],
    ['a field of a child', { child: true }],
  ];
  for (const [name, fields] of secrets) {
    it(`never shows ${name}`, () => {
      for (const format of ['json', 'pretty'] as const) {
        const text = capture(format, (log) =>
          ('child' in fields ? log.child({ token: CANARY }) : log).warn(fields, 'x'),
        );
        assert.ok(text.length > 20 && !text.includes(CANARY), text);
      }
    });
  }

  it('keeps the rest of an error', () => {
    const text = capture('json', (log) =>
      log.error({ err: Object.assign(new TypeError('bad'), { code: 'EIO' }) }, 'failed'),
    );
    const { err } = JSON.parse(text);
    assert.deepEqual([err.type, err.message, err.code], ['TypeError', 'bad', 'EIO']);
    assert.match(err.stack, /logger\.test/);
  });

  it('ends at cycles and depth', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    assert.ok(JSON.stringify(redact(cycle)).includes('[too deep]'));
  });
});

describe('newRequestId', () => {
  it('gives 16 upper-case hex digits, never the same twice', () => {
    const ids = Array.from({ length: 2000 }, newRequestId);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every((id) => /^[0-9A-F]{16}$/.test(id)));
  });
});
