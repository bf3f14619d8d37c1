import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { parseObjectHeaders } from '../../../src-server/domain/object-headers.ts';

const parse = (headers: Record<string, string>) => parseObjectHeaders((name) => headers[name]);

test('a type where none is given, and no other header', () => {
  assert.deepEqual(parse({}), { contentType: 'binary/octet-stream', system: undefined });
  assert.deepEqual(parse({ 'content-type': '' }), { contentType: 'binary/octet-stream', system: undefined });
});

test('headers are kept as they came', () => {
  const system = {
    'cache-control': 'no-cache',
    'content-disposition': 'attachment; filename="caf\xe9.txt"',
    'content-language': 'de-DE',
    expires: 'whenever',
    'x-amz-website-redirect-location': '/other',
  };
  assert.deepEqual(parse({ ...system, 'content-type': 'text/html' }), { contentType: 'text/html', system });
});

test('aws-chunked is not of the object', () => {
  assert.equal(parse({ 'content-encoding': 'aws-chunked' }).system, undefined);
  assert.deepEqual(parse({ 'content-encoding': 'gzip, AWS-chunked,br' }).system, { 'content-encoding': 'gzip,br' });
  assert.deepEqual(parse({ 'content-encoding': 'gzip' }).system, { 'content-encoding': 'gzip' });
});

test('a redirect location has one of three beginnings', () => {
  for (const good of ['/a', 'http://a', 'https://a'])
    assert.ok(parse({ 'x-amz-website-redirect-location': good }).system);
  for (const bad of ['a', 'ftp://a', `/${'a'.repeat(2048)}`]) {
    assert.throws(
      () => parse({ 'x-amz-website-redirect-location': bad }),
      (error) => isFailure(error, 'InvalidRedirectLocation'),
    );
  }
});
