import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Failure } from '../../../../src-server/domain/failure.ts';
import { OutcomeUnknown } from '../../../../src-server/engine/commit-engine.ts';
import { commitStaged } from '../../../../src-server/services/objects/stage-body.ts';
import type { StagedBody } from '../../../../src-server/storage/body-store.ts';

/** What is done with a staged body when its submit ends like this. */
async function after(submit: () => Promise<unknown>): Promise<string[]> {
  const done: string[] = [];
  const staged: StagedBody = {
    sizeBytes: 0,
    digests: {},
    extents: [],
    frames: [],
    release: () => void done.push('release'),
    discard: async () => void done.push('discard'),
  };
  await commitStaged(staged, submit).catch((error: Error) => void done.push(error.constructor.name));
  return done;
}

it('files go only where it is known that no row names them', async () => {
  assert.deepEqual(await after(async () => 'done'), ['release']);
  assert.deepEqual(await after(() => Promise.reject(new Failure('PreconditionFailed'))), ['discard', 'Failure']);
  assert.deepEqual(await after(() => Promise.reject(new OutcomeUnknown())), ['release', 'OutcomeUnknown']);
  assert.deepEqual(await after(() => Promise.reject(new TypeError('a bug'))), ['release', 'TypeError']);
});
