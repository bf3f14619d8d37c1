import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { BucketName, ObjectKey } from '../../../../src-server/domain/ids.ts';
import { compareKeys } from '../../../../src-server/domain/listing.ts';
import type { ServiceContext } from '../../../../src-server/services/context.ts';
import { listMultipartUploads } from '../../../../src-server/services/uploads/list-multipart-uploads.ts';
import type { InlineEngine } from '../../../support/inline-engine.ts';
import { openBucket, openUpload } from '../../commands/upload-fixture.ts';

let engine: InlineEngine;
afterEach(() => engine.close());

// The listing reads the catalogue and nothing else.
const contextOf = (catalogue: InlineEngine['catalogue']) => ({ catalogue }) as unknown as ServiceContext;

interface Query {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
}

/** Every entry of a listing, page by page, in the order in which a client merges them. */
async function walk(query: Query): Promise<{ entries: string[]; pages: number }> {
  const entries: string[] = [];
  let next: { keyMarker: string; uploadIdMarker: string } | undefined = { keyMarker: '', uploadIdMarker: '' };
  let pages = 0;
  while (next !== undefined) {
    const listing = await listMultipartUploads(contextOf(engine.catalogue), {
      bucket: 'backups' as BucketName,
      ...query,
      ...next,
    });
    const shown = [
      ...listing.uploads.map((upload) => ({ key: upload.key as string, text: `${upload.key} ${upload.uploadId}` })),
      ...listing.commonPrefixes.map((prefix) => ({ key: prefix, text: `${prefix} *` })),
    ];
    assert.ok(shown.length <= query.limit);
    entries.push(...shown.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.text, b.text)).map((s) => s.text));
    next = listing.next;
    pages++;
  }
  return { entries, pages };
}

/** The same by the plainest rules. */
function expected(uploads: readonly { key: string; id: string }[], query: Query): string[] {
  const seen = new Set<string>();
  const entries: { key: string; text: string }[] = [];
  for (const { key, id } of uploads) {
    if (!key.startsWith(query.prefix)) continue;
    const at = query.delimiter === '' ? -1 : key.indexOf(query.delimiter, query.prefix.length);
    const group = key.slice(0, at + query.delimiter.length);
    if (at < 0) entries.push({ key, text: `${key} ${id}` });
    else if (!seen.has(group)) entries.push({ key: group, text: `${group} *` });
    seen.add(group);
  }
  return entries.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.text, b.text)).map((entry) => entry.text);
}

const KEYS = [
  'a',
  'a/',
  'a/b',
  'a/b/c',
  'a/\u{1F600}',
  'a0',
  'b',
  'b//',
  'b//c',
  '\uFFFD',
  '\u{1F600}/x',
  'é/ü',
  '%2F',
  '..',
];

describe('listMultipartUploads', () => {
  it('shows every upload once over pages of any size, prefix and delimiter', async () => {
    engine = await openBucket();
    const uploads: { key: string; id: string }[] = [];
    for (let round = 0; round < 3; round++) {
      for (const key of KEYS) {
        const upload = await openUpload(engine, { key: key as ObjectKey });
        uploads.push({ key, id: upload.uploadId });
      }
    }
    const query = fc.record({
      prefix: fc.constantFrom('', 'a', 'a/', 'a/b', 'b//', '\u{1F600}', 'zz', 'é'),
      delimiter: fc.constantFrom('', '/', '//', 'b', 'ü'),
      limit: fc.integer({ min: 1, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(query, async (wanted) => {
        const { entries } = await walk(wanted);
        assert.deepEqual(entries, expected(uploads, wanted));
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('orders uploads of one key by time, and goes on inside a key', async () => {
    engine = await openBucket();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await openUpload(engine)).uploadId);
    const listing = await listMultipartUploads(contextOf(engine.catalogue), {
      bucket: 'backups' as BucketName,
      prefix: '',
      delimiter: '',
      keyMarker: 'backup/disk.img',
      uploadIdMarker: ids[1] ?? '',
      limit: 2,
    });
    assert.deepEqual(
      listing.uploads.map((upload) => upload.uploadId as string),
      ids.slice(2, 4),
    );
    assert.deepEqual(listing.next, { keyMarker: 'backup/disk.img', uploadIdMarker: ids[3] });
  });
});
