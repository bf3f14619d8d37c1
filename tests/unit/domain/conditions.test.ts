import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkDeleteCondition,
  checkWriteCondition,
  evaluateRead,
  parseWriteCondition,
  type ReadConditions,
} from '../../../src-server/domain/conditions.ts';
import { parseETagCondition } from '../../../src-server/domain/etag.ts';
import { Failure } from '../../../src-server/domain/failure.ts';
import type { EpochMs, ETag } from '../../../src-server/domain/ids.ts';

const SECOND = 1_700_000_000_000;
const OBJECT = { etag: 'abc' as ETag, modifiedMs: (SECOND + 400) as EpochMs };

function verdict(conditions: { match?: string; noneMatch?: string; since?: number; unmodified?: number }): string {
  const read: ReadConditions = {
    ifMatch: conditions.match === undefined ? undefined : parseETagCondition(conditions.match),
    ifNoneMatch: conditions.noneMatch === undefined ? undefined : parseETagCondition(conditions.noneMatch),
    ifModifiedSinceMs: conditions.since,
    ifUnmodifiedSinceMs: conditions.unmodified,
  };
  const result = evaluateRead(read, OBJECT);
  return result.kind === 'failed' ? result.condition : result.kind;
}

test('reads: tags outweigh dates, dates count in whole seconds', () => {
  assert.equal(verdict({}), 'pass');
  assert.equal(verdict({ match: '"abc"' }), 'pass');
  assert.equal(verdict({ match: '"x"' }), 'If-Match');
  assert.equal(verdict({ match: '*' }), 'pass');
  assert.equal(verdict({ match: '"abc"', unmodified: SECOND - 1000 }), 'pass');
  assert.equal(verdict({ unmodified: SECOND - 1000 }), 'If-Unmodified-Since');
  assert.equal(verdict({ unmodified: SECOND }), 'pass');
  assert.equal(verdict({ noneMatch: '"abc"' }), 'not-modified');
  assert.equal(verdict({ noneMatch: '*' }), 'not-modified');
  assert.equal(verdict({ noneMatch: '"x"', since: SECOND }), 'pass');
  assert.equal(verdict({ since: SECOND }), 'not-modified');
  assert.equal(verdict({ since: SECOND - 1000 }), 'pass');
  assert.equal(verdict({ match: '"abc"', noneMatch: '"abc"' }), 'not-modified');
  assert.equal(verdict({ match: '"x"', noneMatch: '"abc"' }), 'If-Match');
});

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof Failure);
    return [error.code, ...Object.values(error.detail.fields ?? {})].join(' ');
  }
  return 'ok';
};

test('writes: AWS takes If-None-Match: * or If-Match with tags, and nothing else', () => {
  assert.deepEqual(parseWriteCondition(undefined, undefined), { kind: 'none' });
  assert.deepEqual(parseWriteCondition(undefined, '*'), { kind: 'absent' });
  assert.deepEqual(parseWriteCondition('"a","b"', undefined), { kind: 'matches', tags: ['a', 'b'] });
  assert.match(
    codeOf(() => parseWriteCondition('*', undefined)),
    /^NotImplemented If-Match /,
  );
  assert.match(
    codeOf(() => parseWriteCondition(undefined, '"a"')),
    /^NotImplemented If-None-Match /,
  );
  assert.match(
    codeOf(() => parseWriteCondition('"a"', '*')),
    /^NotImplemented If-Match,If-None-Match /,
  );
});

test('writes: an object in the way, none to match, another than meant', () => {
  const etag = 'a' as ETag;
  assert.equal(
    codeOf(() => checkWriteCondition({ kind: 'none' }, etag, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkWriteCondition({ kind: 'absent' }, undefined, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkWriteCondition({ kind: 'absent' }, etag, 'k')),
    'PreconditionFailed If-None-Match',
  );
  const matches = { kind: 'matches', tags: ['a'] } as const;
  assert.equal(
    codeOf(() => checkWriteCondition(matches, etag, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkWriteCondition(matches, 'b' as ETag, 'k')),
    'PreconditionFailed If-Match',
  );
  assert.equal(
    codeOf(() => checkWriteCondition(matches, undefined, 'k')),
    'NoSuchKey k',
  );
});

test('deletes: a condition needs an object', () => {
  const listed = parseETagCondition('"a"');
  const any = parseETagCondition('*');
  assert.equal(
    codeOf(() => checkDeleteCondition(undefined, { kind: 'absent' }, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkDeleteCondition(listed, { kind: 'object', etag: 'a' as ETag }, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkDeleteCondition(any, { kind: 'object', etag: 'a' as ETag }, 'k')),
    'ok',
  );
  assert.equal(
    codeOf(() => checkDeleteCondition(listed, { kind: 'object', etag: 'b' as ETag }, 'k')),
    'PreconditionFailed If-Match',
  );
  assert.equal(
    codeOf(() => checkDeleteCondition(any, { kind: 'marker' }, 'k')),
    'PreconditionFailed If-Match',
  );
  assert.equal(
    codeOf(() => checkDeleteCondition(any, { kind: 'absent' }, 'k')),
    'NoSuchKey k',
  );
});
