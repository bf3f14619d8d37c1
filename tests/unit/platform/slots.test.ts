import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from '../../../src-server/platform/slots.ts';

test('a slot answers what was added to it once, and is used again', () => {
  const slots = new Slots<{ readonly name: string }>();
  const a = slots.add({ name: 'a' });
  const b = slots.add({ name: 'b' });
  assert.notEqual(a, b);
  assert.equal(slots.size, 2);
  assert.deepEqual(slots.take(a), { name: 'a' });
  assert.equal(slots.take(a), undefined);
  assert.equal(slots.size, 1);
  assert.equal(slots.add({ name: 'c' }), a);
  assert.deepEqual(
    [...slots.entries()].map(([number, { name }]) => [number, name]),
    [
      [a, 'c'],
      [b, 'b'],
    ],
  );
});

test('what is taken while the entries are walked is not met again', () => {
  const slots = new Slots<{ readonly name: string }>();
  for (const name of ['a', 'b', 'c']) slots.add({ name });
  const met: string[] = [];
  for (const [number, { name }] of slots.entries()) {
    met.push(name);
    slots.take(number);
    slots.take(2);
  }
  assert.deepEqual(met, ['a', 'b']);
  assert.equal(slots.size, 0);
  assert.equal(slots.take(17), undefined);
});

test("a slot that is another's by now is not freed by the one before", () => {
  const slots = new Slots<{ readonly name: string }>();
  const before = { name: 'before' };
  const slot = slots.add(before);
  assert.equal(slots.remove(slot, before), true);
  const after = { name: 'after' };
  assert.equal(slots.add(after), slot);
  assert.equal(slots.remove(slot, before), false);
  assert.equal(slots.take(slot), after);
});
