import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { s3Support } from '../../../scripts/docs/s3-support.ts';

test('docs/s3-support.md is what the operation table says', () => {
  const document = readFileSync(new URL('../../../docs/s3-support.md', import.meta.url), 'utf8');
  assert.equal(document, s3Support(), 'run: node scripts/generate-docs.ts');
});
