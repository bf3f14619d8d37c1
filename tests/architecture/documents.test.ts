import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const documents = execFileSync('git', ['ls-files', '-z', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);

describe('documents', () => {
  for (const document of documents.filter((path) => existsSync(join(ROOT, path)))) {
    it(`${document} points to what exists`, () => {
      const text = readFileSync(join(ROOT, document), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) =>
        join(dirname(document), match[1] ?? ''),
      );
      const invariants = document === 'docs/invariants.md';
      const paths = invariants
        ? [...text.matchAll(/`((?:tests|src-\w+)\/[^`*]+)`/g)].map((match) => match[1] ?? '')
        : [];
      assert.deepEqual(
        [...links, ...paths].filter((path) => !existsSync(join(ROOT, path))),
        [],
      );
    });
  }
});
