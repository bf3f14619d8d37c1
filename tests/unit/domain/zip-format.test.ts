import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import {
  centralLength,
  centralRecord,
  dataDescriptor,
  descriptorLength,
  endRecords,
  entryLength,
  localHeader,
  localHeaderLength,
  type ZipEntry,
} from '../../../src-server/domain/zip-format.ts';

const GIB = 2 ** 30;
const MODIFIED = Date.UTC(2026, 2, 14, 15, 9, 26);

function entry(name: string, sizeBytes: number): ZipEntry {
  return { name: Buffer.from(name), isFolder: name.endsWith('/'), sizeBytes, modifiedMs: MODIFIED };
}

/** Is `python3` here? It reads archives independently of ours. */
const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'skipped: no python3';

describe('zip format', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-zip-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('announces the length of every record it writes', () => {
    for (const one of [
      entry('a', 0),
      entry('ü/', 0),
      entry('big', 5 * GIB),
      entry('edge', 0xffffffff),
      entry('under', 0xfffffffe),
    ]) {
      assert.equal(localHeader(one).length, localHeaderLength(one));
      assert.equal(dataDescriptor(one, 1).length, descriptorLength(one));
      for (const offset of [0, 0xfffffffe, 0xffffffff, 9 * GIB]) {
        assert.equal(centralRecord(one, offset, 1).length, centralLength(one, offset));
      }
    }
  });

  it('goes to ZIP64 only where a number needs it', () => {
    assert.equal(endRecords({ count: 1, offset: 1, lengthBytes: 1 }).length, 22);
    assert.equal(endRecords({ count: 65_534, offset: 1, lengthBytes: 1 }).length, 22);
    for (const wide of [{ count: 65_535 }, { offset: 0xffffffff }, { lengthBytes: 0xffffffff }]) {
      assert.equal(endRecords({ count: 1, offset: 1, lengthBytes: 1, ...wide }).length, 98);
    }
  });

  it('is read by another program, beyond 4 GiB in size and offset', { skip: noPython, timeout: 60_000 }, () => {
    const path = join(folder, 'large.zip');
    const file = openSync(path, 'w');
    const contents = new Map<string, string | number>([
      ['first.txt', 'first'],
      ['sparse', 5 * GIB],
      ['folder/', ''],
      ['ümläut/last.txt', 'last'],
    ]);
    let at = 0;
    const central: Buffer[] = [];
    for (const [name, content] of contents) {
      const one = entry(name, typeof content === 'number' ? content : content.length);
      // Of the zeros nobody asks: reading five gigabytes is left out here.
      const crc = typeof content === 'number' ? 0 : crc32(content);
      const header = localHeader(one);
      writeSync(file, header, 0, header.length, at);
      if (typeof content === 'string') writeSync(file, content, at + header.length);
      const descriptor = dataDescriptor(one, crc);
      writeSync(file, descriptor, 0, descriptor.length, at + header.length + one.sizeBytes);
      central.push(centralRecord(one, at, crc));
      at += entryLength(one);
    }
    const records = Buffer.concat(central);
    const ending = Buffer.concat([
      records,
      endRecords({ count: central.length, offset: at, lengthBytes: records.length }),
    ]);
    writeSync(file, ending, 0, ending.length, at);
    ftruncateSync(file, at + ending.length);
    closeSync(file);
    const script = `
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
for i in z.infolist(): print(i.filename, i.file_size, i.date_time, oct(i.external_attr >> 16), i.is_dir())
print(z.read('first.txt'), z.read('ümläut/last.txt'))
z.open('sparse').read(10)
`;
    const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual(stdout.trim().split('\n'), [
      'first.txt 5 (2026, 3, 14, 15, 9, 26) 0o100644 False',
      `sparse ${5 * GIB} (2026, 3, 14, 15, 9, 26) 0o100644 False`,
      'folder/ 0 (2026, 3, 14, 15, 9, 26) 0o40755 True',
      'ümläut/last.txt 4 (2026, 3, 14, 15, 9, 26) 0o100644 False',
      "b'first' b'last'",
    ]);
  });
});
