import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BatchSequence } from '../../../src-server/engine/core/batch-sequence.ts';
import { BatchJournal } from '../../../src-server/engine/log/batch-journal.ts';
import { ByteWriter } from '../../../src-server/engine/log/byte-writer.ts';
import { LOG_START, LogDamaged, parseSegmentFileName, segmentFileName } from '../../../src-server/engine/log/format.ts';
import { decodeBatchHeader, decodeEntries, decodeRecord } from '../../../src-server/engine/log/record-decoder.ts';
import { beginBatch, finishBatch } from '../../../src-server/engine/log/record-encoder.ts';
import { decodeSegmentHeader, encodeSegmentHeader } from '../../../src-server/engine/log/segment-header.ts';
import { StatementDictionary } from '../../../src-server/engine/log/statement-dictionary.ts';

const FACTS = {
  logId: Buffer.alloc(16, 3),
  kind: 'commands',
  segment: 5,
  offset: 8192,
  sequence: 2 ** 41,
  epoch: 2,
  previous: { segment: 4, offset: 4096, sequence: 2 ** 40, crc: 77 },
  syncedSequence: 2 ** 40,
  replacesCrc: 9,
  createdMs: 1_700_000_000_000,
} as const;

const parameter = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const entry = fc.record(
  {
    sql: fc.constantFrom('INSERT 1', 'UPDATE 2', 'DELETE 3', 'INSERT 4'),
    changes: fc.integer({ min: 0, max: 100_000 }),
    parameters: fc.array(parameter, { maxLength: 12 }),
  },
  { noNullPrototype: true },
);

describe('journal records', () => {
  it('say what was written, whatever it was, with frames before them or not', () => {
    const out = new ByteWriter();
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), fc.uint8Array({ maxLength: 5000 }), (entries, frame) => {
        const journal = new BatchJournal();
        for (const { sql, parameters, changes } of entries) journal.record(sql, parameters, changes, false);
        out.truncate(0);
        beginBatch(out);
        out.bytes(frame);
        const crc = finishBatch(out, FACTS, journal, new StatementDictionary());
        const bytes = Buffer.from(out.view());
        const header = decodeBatchHeader(bytes, FACTS.logId, FACTS.segment);
        assert.equal(header?.totalLength, bytes.length);
        assert.ok(header !== undefined && header.recordAt % 8 === 0);
        const record = decodeRecord(bytes.subarray(header.recordAt), bytes.length);
        assert.ok(record !== undefined);
        const { logId: _, ...facts } = FACTS;
        assert.deepEqual({ ...record, ...facts, batchCrc: crc }, record);
        assert.deepEqual([...decodeEntries(record, new Map())], entries);
      }),
      { numRuns: 200 },
    );
  });

  it('leave out what a savepoint took back', () => {
    const journal = new BatchJournal();
    journal.record('INSERT 1', ['a'], 1, false);
    const mark = journal.mark();
    journal.record('UPDATE 2', ['b'], 1, true);
    journal.truncate(mark);
    journal.record('DELETE 3', ['c'], 2, false);
    assert.deepEqual([journal.size, journal.text(0), journal.text(1)], [2, 'INSERT 1', 'DELETE 3']);
    assert.equal(journal.raisesGeneration, false);
  });
});

describe('segment headers', () => {
  const header = {
    logId: Buffer.alloc(16, 1),
    segment: 7,
    epoch: 3,
    schemaVersion: 2,
    previous: LOG_START,
    members: [Buffer.alloc(16, 2), Buffer.alloc(16, 3)],
    voids: [{ segment: 6, firstSequence: 10, lastSequence: 12 }],
  };

  it('come back as they were, and not with any byte changed', () => {
    const bytes = encodeSegmentHeader(header);
    assert.deepEqual(decodeSegmentHeader(bytes), header);
    for (let at = 0; at < bytes.length; at += 13) {
      const bad = Buffer.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ 4;
      assert.throws(() => decodeSegmentHeader(bad), LogDamaged);
    }
  });

  it('refuse more members than there is room for', () => {
    assert.throws(() => encodeSegmentHeader({ ...header, members: Array(17).fill(Buffer.alloc(16)) }), RangeError);
  });

  it('stand in files named by number', () => {
    for (const number of [1, 255, 2 ** 40]) assert.equal(parseSegmentFileName(segmentFileName(number)), number);
    for (const name of [
      '1.log',
      '0000000000000000.log',
      '0000000000000001.log.new',
      'ffffffffffffffff.log',
      'ballast',
    ]) {
      assert.equal(parseSegmentFileName(name), undefined);
    }
  });
});

describe('the sequence', () => {
  it('ascends within a batch, and a batch that takes many ids takes a higher number', () => {
    const sequence = new BatchSequence();
    sequence.begin(9);
    assert.deepEqual([sequence.sequence, sequence.nextId(), sequence.nextId()], [10, 40_960, 40_961]);
    let last = 0;
    for (let count = 0; count < 10_000; count += 1) last = sequence.nextId();
    assert.equal(sequence.sequence, 12);
    sequence.begin(sequence.sequence);
    assert.ok(sequence.nextId() > last);
  });
});
