import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ownNameOf, renamingOf, transferOf } from '../../../src-renderer/features/operations/orders.ts';
import type { FolderEntry } from '../../../src-server/contract/objects.ts';

const PLACE = { bucket: 'office', prefix: 'docs/', mayWrite: true, versioning: 'enabled' } as const;
const FACTS = { sizeBytes: 1, modifiedAtMs: 0, etag: 'e', storageClass: 'STANDARD' };
const file = (key: string): FolderEntry => ({ kind: 'file', key, ...FACTS });
const folder = (prefix: string): FolderEntry => ({ kind: 'folder', prefix });

describe('renaming', () => {
  const to = (entry: FolderEntry, name: string) => {
    const order = renamingOf(PLACE, entry, name);
    return order.kind === 'rename' ? order.item : undefined;
  };

  it('stays in the folder', () => {
    assert.deepEqual(to(file('docs/a.txt'), 'b.txt'), { kind: 'file', from: 'docs/a.txt', to: 'docs/b.txt' });
    assert.deepEqual(to(folder('docs/old/'), 'new'), { kind: 'folder', from: 'docs/old/', to: 'docs/new/' });
  });

  it('of what a search found further below stays there too', () => {
    assert.equal(ownNameOf(file('docs/2026/march/a.txt')), 'a.txt');
    assert.equal(ownNameOf(folder('docs/2026/march/')), 'march');
    assert.equal(to(file('docs/2026/march/a.txt'), 'b.txt')?.to, 'docs/2026/march/b.txt');
  });
});

describe('moving', () => {
  it('puts everything of a folder into the target, and things beside what is there', () => {
    const into = { bucket: 'archive', prefix: 'in/' };
    const whole = transferOf(PLACE, 'move', { kind: 'everything', prefix: 'docs/', count: 2 }, into, 'skip');
    const one = transferOf(PLACE, 'move', { kind: 'items', items: [folder('docs/old/')] }, into, 'skip');
    assert.deepEqual(
      [whole, one].map((order) => ('items' in order ? order.items : [])),
      [[{ kind: 'folder', from: 'docs/', to: 'in/' }], [{ kind: 'folder', from: 'docs/old/', to: 'in/old/' }]],
    );
  });
});
