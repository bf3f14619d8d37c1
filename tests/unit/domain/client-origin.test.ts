import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originRule } from '../../../src-server/domain/client-origin.ts';

const hop = (socketAddress: string, forwardedFor?: string, forwardedProto?: string) => ({
  socketAddress,
  isTls: false,
  forwardedFor,
  forwardedProto,
});

test('without trusted proxies the socket alone is believed', () => {
  const rule = originRule([]);
  assert.deepEqual(rule(hop('::ffff:203.0.113.9', '10.0.0.1', 'https')), { address: '203.0.113.9', isSecure: false });
});

test('of a trusted proxy the right-most hop that is not trusted is the client', () => {
  const rule = originRule(['10.0.0.0/8', '2001:db8::1']);
  const cases: [forwardedFor: string | undefined, address: string][] = [
    ['198.51.100.7', '198.51.100.7'],
    ['127.0.0.1, 198.51.100.7', '198.51.100.7'],
    ['127.0.0.1,198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['198.51.100.7:4711', '198.51.100.7'],
    ['[2001:db8::2]:4711', '2001:db8::2'],
    ['2001:DB8::2', '2001:db8::2'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['10.1.1.1, 10.2.2.2', '10.1.1.1'],
    ['198.51.100.7, nonsense', '10.0.0.1'],
    ['198.51.100.7, 10.2.2.2, unknown, 10.3.3.3', '10.3.3.3'],
    ['0.0.0.0/0', '10.0.0.1'],
    ['', '10.0.0.1'],
    [undefined, '10.0.0.1'],
  ];
  for (const [forwardedFor, address] of cases) {
    assert.equal(rule(hop('10.0.0.1', forwardedFor)).address, address, String(forwardedFor));
  }
  assert.equal(rule(hop('203.0.113.9', '198.51.100.7')).address, '203.0.113.9');
});

test('the way is secure where every hop says so', () => {
  const rule = originRule(['10.0.0.1']);
  for (const [proto, isSecure] of [
    ['https', true],
    ['HTTPS', true],
    ['https, https', true],
    ['https, http', false],
    ['http', false],
    ['', false],
    [undefined, false],
  ] as const) {
    assert.equal(rule(hop('10.0.0.1', undefined, proto)).isSecure, isSecure, String(proto));
  }
  assert.equal(rule({ ...hop('10.0.0.1'), isTls: true }).isSecure, true);
});
