import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draftOf, NEW_DRAFT, problemOf, termsOf } from '../../../src-renderer/features/shares/terms-draft.ts';
import type { Share } from '../../../src-server/contract/shares.ts';

const NOW_MS = 1_800_000_000_000;

describe('terms of a link while they are typed', () => {
  it('begin with seven days and nothing else', () => {
    const terms = termsOf(NEW_DRAFT, false, NOW_MS);
    assert.deepEqual(terms, {
      expiresAtMs: NOW_MS + 7 * 86_400_000,
      downloadLimit: null,
      note: '',
      label: '',
      maxBytes: null,
      maxFiles: null,
      fileTypes: null,
    });
    const request = termsOf(NEW_DRAFT, true, NOW_MS);
    assert.deepEqual([request.maxBytes, request.maxFiles], [10_000_000_000, 100]);
  });

  it('are read as people type them', () => {
    const typed = { ...NEW_DRAFT, maxGigabytes: '0,5', fileTypes: '.PDF; jpg, *.tar', note: ' hi ' };
    const terms = termsOf(typed, true, NOW_MS);
    assert.deepEqual([terms.maxBytes, terms.fileTypes, terms.note], [500_000_000, ['pdf', 'jpg', 'tar'], 'hi']);
  });

  it('say what is wrong with them', () => {
    assert.equal(problemOf(NEW_DRAFT, false, NOW_MS), undefined);
    assert.equal(problemOf({ ...NEW_DRAFT, expiry: 'date', date: '' }, false, NOW_MS), 'date');
    assert.equal(problemOf({ ...NEW_DRAFT, expiry: 'date', date: '2001-01-01T00:00' }, false, NOW_MS), 'date');
    assert.equal(problemOf({ ...NEW_DRAFT, downloadLimit: '0' }, false, NOW_MS), 'downloadLimit');
    assert.equal(problemOf({ ...NEW_DRAFT, downloadLimit: '1.5' }, false, NOW_MS), 'downloadLimit');
    assert.equal(problemOf({ ...NEW_DRAFT, password: 'abc' }, false, NOW_MS), 'password');
    assert.equal(problemOf({ ...NEW_DRAFT, maxGigabytes: '-1' }, true, NOW_MS), 'maxGigabytes');
    assert.equal(problemOf({ ...NEW_DRAFT, maxFiles: 'many' }, true, NOW_MS), 'maxFiles');
  });

  it('come back from a link as they were, to the minute', () => {
    // What drafts are made of; the rest of a link does not matter here.
    const share = { expiresAtMs: NOW_MS, downloadLimit: 3, note: 'n', label: 'l', maxBytes: null } as Share;
    const draft = draftOf({ ...share, maxFiles: null, fileTypes: null });
    const terms = termsOf(draft, false, 0);
    assert.deepEqual([terms.expiresAtMs, terms.downloadLimit], [NOW_MS - (NOW_MS % 60_000), 3]);
  });
});
