import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { moveOfKey } from '../../../src-renderer/features/files/keys.ts';
import { isSelected, NOTHING, select, targetOf, toggle } from '../../../src-renderer/features/files/selection.ts';
import { shownName } from '../../../src-renderer/features/files/shown-name.ts';

const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false, shiftKey: false });

describe('keys of the list', () => {
  it('move the active row and stay in the list', () => {
    const moves = (['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'] as const).map((key) =>
      moveOfKey(press(key), 5, 100, 20),
    );
    assert.deepEqual(moves, [6, 4, 25, 0, 0, 99, undefined]);
    assert.equal(moveOfKey(press('ArrowDown'), undefined, 100, 20), 0);
    assert.equal(moveOfKey(press('ArrowDown', true), 5, 100, 20), 99);
    assert.equal(moveOfKey(press('End'), undefined, 0, 20), undefined);
  });
});

describe('selections', () => {
  const folder = { kind: 'folder', prefix: 'a/' } as const;
  const other = { kind: 'folder', prefix: 'b/' } as const;

  it('take and leave entries', () => {
    const both = select(toggle(NOTHING, folder), [other], false);
    assert.deepEqual(targetOf(both, '', 9), { kind: 'items', items: [folder, other] });
    assert.deepEqual(targetOf(toggle(both, folder), '', 9), { kind: 'items', items: [other] });
    assert.equal(targetOf(toggle(toggle(both, folder), other), '', 9), undefined);
  });

  it('everything holds every row and knows no exceptions', () => {
    const everything = { kind: 'everything' } as const;
    assert.equal(isSelected(everything, 'file:x'), true);
    assert.deepEqual(targetOf(everything, 'p/', 9), { kind: 'everything', prefix: 'p/', count: 9 });
    assert.equal(toggle(everything, folder), NOTHING);
  });

  it('name at most ten thousand', () => {
    const many = Array.from({ length: 10_001 }, (_, i) => ({ kind: 'folder', prefix: `${i}/` }) as const);
    assert.throws(() => select(NOTHING, many, true), RangeError);
  });
});

describe('names', () => {
  it('are shown as they are, with signs for what nobody can see', () => {
    assert.equal(shownName('ümlaut 日本.txt'), 'ümlaut 日本.txt');
    assert.equal(shownName('a\tb\nc\u007f'), 'a␉b␊c␡');
    assert.equal(shownName('cod\u202egpj.exe'), 'cod⟨U+202E⟩gpj.exe');
  });
});
