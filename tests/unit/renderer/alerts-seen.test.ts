import assert from 'node:assert/strict';
import { it } from 'node:test';
import { alertId, stillLasting, unseen } from '../../../src-renderer/features/alerts/seen.ts';

it('one alert per cause and subject', () => {
  assert.equal(alertId({ cause: 'disk-full', subject: 'main' }), 'disk-full main');
  assert.equal(alertId({ cause: 'writes-refused', subject: null }), 'writes-refused');
});

it('a cause that went and came back is new again', () => {
  let seen = ['disk-full main'];
  assert.deepEqual(unseen(seen, ['disk-full main', 'disk-absent b']), ['disk-absent b']);
  seen = stillLasting(seen, ['disk-absent b']);
  assert.deepEqual(unseen(seen, ['disk-full main', 'disk-absent b']), ['disk-full main', 'disk-absent b']);
});
