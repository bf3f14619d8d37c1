import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const documents = execFileSync('git', ['ls-files', '-z', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);

const SCRIPTS: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

/** Files and folders of the repository that a text names in backticks; what holds a wildcard names none. */
function namedPaths(text: string): string[] {
  const names = [...text.matchAll(/`((?:tests|src-\w+|scripts|docs|assets|\.ci)\/[^`\s]*)`/g)];
  return names.map((match) => match[1] ?? '').filter((name) => !/[*<>{}…]/.test(name));
}

describe('documents', () => {
  for (const document of documents.filter((path) => existsSync(join(ROOT, path)))) {
    const text = readFileSync(join(ROOT, document), 'utf8');

    it(`${document} points to what exists`, () => {
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) =>
        join(dirname(document), match[1] ?? ''),
      );
      assert.deepEqual(
        [...links, ...namedPaths(text)].filter((path) => !existsSync(join(ROOT, path))),
        [],
      );
    });

    it(`${document} names scripts that exist`, () => {
      const named = [...text.matchAll(/(?:`|^)npm (?:run )?([a-z][\w:-]*)/gm)].map((match) => match[1] ?? '');
      assert.deepEqual(
        named.filter((name) => name !== 'ci' && SCRIPTS[name] === undefined),
        [],
      );
    });
  }

  it('the invariants have a row for each rule of the log, and no row without an enforcer', () => {
    const text = readFileSync(join(ROOT, 'docs/invariants.md'), 'utf8');
    const rules = readdirSync(join(ROOT, 'tests/storage/engine')).filter((name) => name.startsWith('rule-'));
    assert.deepEqual(
      rules.filter((name) => !text.includes(`tests/storage/engine/${name}`)),
      [],
    );
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| rule |'));
    assert.deepEqual(
      rows.filter((row) => !/`[^`]+` ?(?:\([^)]*\) )?\|$/.test(row)),
      [],
    );
  });
});
