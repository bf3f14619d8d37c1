import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src-server/domain/failure.ts';
import { checkTags, MAX_BUCKET_TAGS, MAX_OBJECT_TAGS, parseTaggingHeader } from '../../../src-server/domain/tags.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error.code;
  }
  return 'ok';
};

test('the tagging header is a URL query', () => {
  assert.equal(parseTaggingHeader(''), undefined);
  assert.deepEqual(parseTaggingHeader('a=1&b+c=d%2Be&empty&g=%C3%B6'), [
    { key: 'a', value: '1' },
    { key: 'b c', value: 'd+e' },
    { key: 'empty', value: '' },
    { key: 'g', value: 'ö' },
  ]);
  assert.equal(
    codeOf(() => parseTaggingHeader('a=1&a=2')),
    'InvalidArgument',
  );
  assert.equal(
    codeOf(() => parseTaggingHeader('a=%')),
    'InvalidArgument',
  );
  assert.equal(
    codeOf(() => parseTaggingHeader('=x')),
    'InvalidTag',
  );
  const eleven = Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&');
  assert.equal(
    codeOf(() => parseTaggingHeader(eleven)),
    'BadRequest',
  );
});

test("AWS's limits and letters", () => {
  const check = (key: string, value: string) => codeOf(() => checkTags([{ key, value }], MAX_OBJECT_TAGS));
  assert.equal(check('größe +-=._:/@ 数', ''), 'ok');
  assert.equal(check('k'.repeat(128), 'v'.repeat(256)), 'ok');
  assert.equal(check('k'.repeat(129), 'v'), 'InvalidTag');
  assert.equal(check('k', 'v'.repeat(257)), 'InvalidTag');
  assert.equal(check('', 'v'), 'InvalidTag');
  assert.equal(check('a&b', 'v'), 'InvalidTag');
  assert.equal(check('k', '<'), 'InvalidTag');
  assert.equal(check('AWS:mine', 'v'), 'InvalidTag');
  const many = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: '' }));
  assert.equal(
    codeOf(() => checkTags(many, MAX_BUCKET_TAGS)),
    'ok',
  );
  assert.equal(
    codeOf(() => checkTags([...many, { key: 'x', value: '' }], MAX_BUCKET_TAGS)),
    'BadRequest',
  );
});
