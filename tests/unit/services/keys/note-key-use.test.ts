import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { EpochMs } from '../../../../src-server/domain/ids.ts';
import type { ServiceContext } from '../../../../src-server/services/context.ts';
import { KEY_USE_WRITE_BACK_MS, noteKeyUse } from '../../../../src-server/services/keys/note-key-use.ts';
import { openServiceFixture } from '../../../support/service-context.ts';
import { keyOf, provision, provisionedUser } from '../../../support/users.ts';

const { accessKeyId } = keyOf('ann');
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('uses are written back together, later, and the same client seldom', async () => {
  const fixture = openServiceFixture();
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    let nowMs = 1_700_000_000_000;
    // A test's clock mints times.
    const context: ServiceContext = { ...fixture.context, now: () => nowMs as EpochMs };
    await provision(context, { users: [provisionedUser('ann', 'user')] });
    const commits = () => fixture.submitted.filter((name) => name === 'note-key-uses').length;
    const use = (client: string) => noteKeyUse(context, { accessKeyId, address: '10.0.0.1', client });
    for (let i = 0; i < 1000; i += 1) use('restic');
    use('x'.repeat(1000));
    assert.equal(commits(), 0, 'nothing waits for it');
    mock.timers.tick(1000);
    await settled();
    assert.equal(commits(), 1);
    const row = await context.catalogue.read((tx) => tx.get<{ client: string }>('SELECT * FROM access_key_use'));
    assert.equal(row?.client.length, 200);
    use('x'.repeat(1000));
    mock.timers.tick(60_000);
    await settled();
    assert.equal(commits(), 1, 'the same client again');
    nowMs += KEY_USE_WRITE_BACK_MS;
    use('x'.repeat(1000));
    noteKeyUse(context, { accessKeyId: 'GONE', address: '10.0.0.1', client: '' });
    mock.timers.tick(59_000);
    await settled();
    assert.equal(commits(), 1, 'at most once a minute');
    mock.timers.tick(1000);
    await settled();
    assert.equal(commits(), 2);
  } finally {
    mock.timers.reset();
    fixture.close();
  }
});
