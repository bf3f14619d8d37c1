import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { configReference } from '../../../scripts/docs/config-reference.ts';

it('docs/config.md is what the schema says (node scripts/generate-docs.ts)', () => {
  assert.equal(readFileSync(new URL('../../../docs/config.md', import.meta.url), 'utf8'), configReference());
});
