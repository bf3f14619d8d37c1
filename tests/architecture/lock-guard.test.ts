import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const SERVER = join(import.meta.dirname, '../../src-server');

/** Every statement that takes rows of versions away, or their locks: each goes through the guard of Object Lock. */
const KNOWN = [
  'batch-versions.ts: DELETE guarded',
  'batch-versions.ts: DELETE guarded',
  'batch-versions.ts: UPDATE is_current',
  'batch-versions.ts: UPDATE is_current',
  'object-version.ts: DELETE guarded',
  'object-version.ts: UPDATE acl',
  'object-version.ts: UPDATE is_current',
  'object-version.ts: UPDATE legal_hold',
  'object-version.ts: UPDATE retention_mode',
  'object-version.ts: UPDATE tags',
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

test('no statement removes or rewrites versions past Object Lock', () => {
  const found: string[] = [];
  for (const file of filesBelow(join(SERVER, 'db/tables'))) {
    const text = readFileSync(join(SERVER, 'db/tables', file), 'utf8');
    for (const [, statement = ''] of text.matchAll(/`((?:DELETE FROM|UPDATE|REPLACE INTO) object_version\b[^`]*)`/g)) {
      const kind = statement.split(' ')[0] ?? '';
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source text itself
      const isGuarded = statement.includes("${unlocked('object_version')}");
      const column = /\bSET\s+(\w+)/.exec(statement)?.[1];
      found.push(`${file}: ${kind} ${kind === 'DELETE' ? (isGuarded ? 'guarded' : 'BARE') : column}`);
    }
    assert.doesNotMatch(text, /'(?:DELETE FROM|UPDATE) object_version\b/, `${file}: plain quotes hide a statement`);
  }
  assert.deepEqual(found.sort(), KNOWN);
});

test('who deletes rows of versions asks removability in the same command', () => {
  const callers = new Map<string, string[]>([
    ['deleteVersionRow', ['support/remove-version.ts']],
    ['deleteTaken', ['transfer-objects.ts', 'withdraw-versions.ts']],
    ['deleteOlderNulls', ['support/displace.ts']],
    ['setVersionRetention', ['put-object-retention.ts']],
    ['setVersionLegalHold', ['put-object-legal-hold.ts']],
  ]);
  const asks = /\b(?:requireRemovable|dropLocked|requireNullsRemovable|checkRetentionChange|requireLockable)\(/;
  for (const [name, expected] of callers) {
    const users = filesBelow(SERVER)
      .filter((file) => !file.startsWith('db/'))
      .filter((file) => readFileSync(join(SERVER, file), 'utf8').includes(`${name}(`));
    assert.deepEqual(users.map((file) => file.replace(/^commands\//, '')).sort(), expected, name);
    for (const file of users) assert.match(readFileSync(join(SERVER, file), 'utf8'), asks, file);
  }
});
